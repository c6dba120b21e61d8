import * as z from "zod";
import { PROBLEMS } from "../problem.ts";
import { curl } from "./curl.ts";
import type { Described } from "./route.ts";

/** What there is to know about these routes and about every code, as one page of HTML without any script. */
export function docsPage(routes: readonly Described[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Carillon, for backends</title>
<link rel="stylesheet" href="/docs.css">
</head>
<body>
<nav aria-label="Contents"><ul>
${routes.map(({ name, method, path }) => `<li><a href="#${name}"><b>${method}</b> ${html(path)}</a></li>`).join("\n")}
<li><a href="#codes">Codes</a></li>
</ul></nav>
<main>
<h1>Carillon, for backends</h1>
${INTRODUCTION}
${routes.map(section).join("\n")}
<section id="codes">
<h2>Codes</h2>
<p>Whatever is not what was asked for is <code>{code, message, retryAfter?, docs}</code>. With <code>retryAfter</code> (milliseconds) the same request may succeed later; without it, it would not.</p>
<dl>
${[...PROBLEMS].map(([code, { status, message }]) => `<dt id="${code}"><code>${code}</code> ${status}</dt><dd>${html(message)}</dd>`).join("\n")}
</dl>
</section>
</main>
</body>
</html>
`;
}

const INTRODUCTION = `<p>Send notifications from a backend, and read what became of them. The same for machines: <a href="/openapi.json">OpenAPI</a>; the users' own socket: <a href="/asyncapi.json">AsyncAPI</a>.</p>
<p>Every request carries <code>Authorization: Bearer SECRET</code>, with a secret of <code>CARILLON_API_KEYS</code>. What a key may still ask stands in the headers <code>RateLimit-Limit</code>, <code>RateLimit-Remaining</code> and <code>RateLimit-Reset</code> (seconds). Fields and parameters that are not described are refused.</p>`;

function section(route: Described): string {
  const { name, method, path, summary, description, example } = route;
  return `<section id="${name}">
<h2>${html(summary)}</h2>
<p class="route"><b>${method}</b> <code>${html(path)}</code></p>
<p>${prose(description)}</p>
${fields("In the path", route.params)}${fields("In the query", route.query)}${fields("Headers", route.headers)}${fields("In the body", route.body)}
<pre tabindex="0"><code>${html(curl(route))}</code></pre>
<p>${example.answer.status}</p>
<pre tabindex="0"><code>${html(JSON.stringify(example.answer.body, undefined, 2))}</code></pre>
<p>Codes: ${route.problems.map((code) => `<a href="#${code}">${code}</a>`).join(", ") || "those of every request"}.</p>
</section>`;
}

function fields(title: string, schema: z.ZodType | undefined): string {
  if (!(schema instanceof z.ZodObject)) return "";
  const rows = Object.entries(schema.shape).map(([name, field]) => {
    const isNeeded = !z.safeParse(field, undefined).success;
    const { description = "" } = z.globalRegistry.get(field) ?? {};
    return `<dt><code>${html(name)}</code>${isNeeded ? " (required)" : ""}</dt><dd>${prose(description)}</dd>`;
  });
  return rows.length === 0 ? "" : `<h3>${title}</h3>\n<dl>\n${rows.join("\n")}\n</dl>\n`;
}

/** Text in which \`this\` is code. */
function prose(text: string): string {
  return html(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>");
}

function html(text: string): string {
  return text.replaceAll(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
