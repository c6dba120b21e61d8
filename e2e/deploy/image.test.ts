import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { HubProcess } from "../faults/hub-process.ts";
import { temporaryPlace } from "../faults/place.ts";
import { pnpm } from "../machine/pnpm.ts";
import { example } from "./proxy-server.ts";

const TOP = join(import.meta.dirname, "../..");
const LIMIT_MS = 180_000;

it(
  "the image has all that the hub needs: what the Dockerfile copies and installs starts",
  { timeout: LIMIT_MS },
  async () => {
    await using place = await temporaryPlace();
    const root = join(place.path, "carillon");
    const [, parts = [], last = []] = stages(example("Dockerfile"));
    for (const [sources, target] of copies(parts)) copy(root, sources, target);
    expect(install(root, parts)).toBe(0);
    for (const [sources, target] of copies(last)) copy(root, sources, target);

    await using hub = await HubProcess.start(place.store, { main: join(root, commandOf(last)) });
    await hub.stop();
  },
);

type Stage = readonly string[];

/** The Dockerfile's instructions, a list for each FROM, long ones joined. */
function stages(dockerfile: string): readonly Stage[] {
  const lines = dockerfile.replaceAll("\\\n", " ").split("\n");
  const instructions = lines.filter((line) => /^[A-Z]+ /u.test(line));
  return instructions
    .join("\n")
    .split(/^(?=FROM )/mu)
    .map((stage) => stage.trim().split("\n"));
}

/** What a stage takes from the repository: the sources and where they go. */
function copies(stage: Stage): readonly (readonly [readonly string[], string])[] {
  return argumentsOf(stage, "COPY").flatMap((words) => {
    const target = words.at(-1);
    return words[0]?.startsWith("--from") || target === undefined ? [] : [[words.slice(0, -1), target] as const];
  });
}

function copy(root: string, sources: readonly string[], target: string): void {
  for (const source of sources) {
    const isFolder = target.endsWith("/");
    const to = isFolder ? join(root, target, source.split("/").at(-1) ?? "") : join(root, target);
    mkdirSync(join(to, ".."), { recursive: true });
    cpSync(join(TOP, source), to, { recursive: true });
  }
}

function install(root: string, stage: Stage): number | null {
  const [words = []] = argumentsOf(stage, "RUN");
  expect(words.slice(0, 3)).toEqual(["npx", "-y", "pnpm"]);
  const [program, ...args] = pnpm(...words.slice(3), "--prefer-offline");
  return spawnSync(program, args, { cwd: root, stdio: ["ignore", "ignore", "inherit"] }).status;
}

/** The module that the image runs. */
function commandOf(stage: Stage): string {
  const [words = []] = argumentsOf(stage, "CMD");
  const [node, main] = JSON.parse(words.join(" ")) as readonly string[];
  expect(node).toBe("node");
  return main ?? "";
}

function argumentsOf(stage: Stage, instruction: string): readonly (readonly string[])[] {
  return stage
    .filter((line) => line.startsWith(`${instruction} `))
    .map((line) => line.slice(instruction.length).trim().split(/ +/u));
}
