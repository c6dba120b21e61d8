import { spawn } from "node:child_process";

export type RunOptions = {
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds; a program that takes longer is ended. */
  readonly limit?: number;
};

/** Runs a program to its end, its words shown as they come. Gives its exit code, or 1 if it had none. */
export function run(command: readonly [string, ...string[]], { env, limit }: RunOptions = {}): Promise<number> {
  const [program, ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: "inherit", env: { ...process.env, ...env }, timeout: limit });
    child.once("error", (error) => {
      console.error(`${program} could not be run: ${error.message}`);
      resolve(1);
    });
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
