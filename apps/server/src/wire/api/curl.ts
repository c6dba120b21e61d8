import type { Described } from "./route.ts";

/** A route's example as a command line; the secret and the hub's URL are the shell's. */
export function curl({ method, path, example }: Described): string {
  const { params = {}, query = {}, headers = {}, body } = example;
  const lines = [
    `curl ${method === "GET" ? "" : `-X ${method} `}"$HUB${pathOf(path, params, query)}"`,
    '-H "Authorization: Bearer $CARILLON_API_KEY"',
    ...Object.entries(headers).map(([name, value]) => `-H "${name}: ${value}"`),
    ...(body === undefined ? [] : ['-H "Content-Type: application/json"', `-d ${quoted(JSON.stringify(body))}`]),
  ];
  return lines.join(" \\\n  ");
}

/** The path and query that these make of a route's path. */
export function pathOf(
  path: string,
  params: Readonly<Record<string, string>>,
  query: Readonly<Record<string, string>>,
): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(params[name] ?? ""));
  const search = new URLSearchParams(query).toString();
  return search === "" ? filled : `${filled}?${search}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
