import type { Group, Setting } from "./setting.ts";

type Described = Omit<Setting<unknown>, "parse">;

/** Settings by their groups: what they are called on the left, what they mean on the right. */
export function helpOf(settings: readonly Described[]): string {
  const indent = Math.max(...settings.map(({ name }) => name.length)) + 4;
  const groups = Object.entries(TITLES).map(([group, title]) => {
    const members = settings.filter((setting) => setting.group === group);
    return [title, ...members.map((setting) => paragraph(setting, indent))].join("\n");
  });
  return groups.join("\n\n");
}

const TITLES = {
  server: "Server",
  tokens: "Tokens of users",
  api: "HTTP API for backends",
  store: "Store",
  redis: "Store on Redis",
  connections: "Connections",
  limits: "Limits",
  tutorial: "The tutorial's dialect",
} as const satisfies Record<Group, string>;

function paragraph({ name, help, default: standard, secret }: Described, indent: number): string {
  const file = secret ? ` In a file: ${name}_FILE.` : "";
  const without = standard === undefined ? "" : ` Default: ${standard === "" ? "none" : standard}.`;
  const lines = wrapped(`${help}${file}${without}`, WIDTH - indent);
  return `  ${name}`.padEnd(indent) + lines.join(`\n${" ".repeat(indent)}`);
}

/** Columns of a terminal that is not narrow. */
const WIDTH = 120;

function wrapped(text: string, width: number): readonly string[] {
  return text.match(new RegExp(String.raw`\S.{0,${width - 2}}\S(?=\s|$)|\S+`, "gu")) ?? [];
}
