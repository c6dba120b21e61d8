/**
 * The command line for pnpm. It is called as the pnpm that runs us was, because it need not be on PATH; a script that was
 * started without pnpm fetches one.
 */
export function pnpm(...args: readonly string[]): [string, ...string[]] {
  const own = process.env["npm_execpath"];
  if (own === undefined || !/pnpm[^/\\]*$/.test(own)) return ["npx", "-y", "pnpm", ...args];
  return /\.[cm]?js$/.test(own) ? [process.execPath, own, ...args] : [own, ...args];
}
