import { readFile } from "node:fs/promises";
import type { FastifyInstance, FastifyReply } from "fastify";
import { asyncapi } from "./asyncapi.ts";
import { docsPage } from "./docs-page.ts";
import { openapi } from "./openapi.ts";
import type { Described } from "./route.ts";
import { userToken, visitorPaths } from "./visitors.ts";

/** Serves what there is to read about the hub: for machines, and as a page without any script. */
export async function serveDocuments(
  http: FastifyInstance,
  routes: readonly Described[],
  isDemo: boolean,
): Promise<void> {
  const style = await readFile(new URL("docs.css", import.meta.url), "utf8");
  const page = docsPage(routes);
  const documents = {
    openapi: openapi(routes, { paths: visitorPaths(isDemo), securitySchemes: { userToken } }),
    asyncapi: asyncapi(),
  };
  http.get("/openapi.json", (_request, reply) => send(reply, "application/json", JSON.stringify(documents.openapi)));
  http.get("/asyncapi.json", (_request, reply) => send(reply, "application/json", JSON.stringify(documents.asyncapi)));
  http.get("/docs", (_request, reply) => send(reply, "text/html", page));
  http.get("/docs.css", (_request, reply) => send(reply, "text/css", style));
}

function send(reply: FastifyReply, type: string, text: string): FastifyReply {
  return reply.type(`${type}; charset=utf-8`).header("cache-control", "no-cache").send(text);
}
