import type { FastifyInstance } from "fastify";

/** Takes note of all routes that are made from now on; tells which methods a path has, none if there is no such path. */
export function methodsOf(http: FastifyInstance): (path: string) => readonly string[] {
  const known = new Map<string, Set<string>>();
  http.addHook("onRoute", ({ url, method }) => {
    if (url.includes("*")) return; // Files: what is not there is not there, whatever the method.
    known.set(url, new Set([...[method].flat(), ...(known.get(url) ?? [])]));
  });
  return (path) =>
    [...known]
      .flatMap(([pattern, methods]) => (fits(path.split("/"), pattern.split("/")) ? [...methods] : []))
      .toSorted();
}

/** Whether a path is one of a pattern such as `/v1/users/:uid/log`, part by part. */
function fits(path: readonly string[], pattern: readonly string[]): boolean {
  return path.length === pattern.length && pattern.every((part, n) => part === path[n] || part.startsWith(":"));
}
