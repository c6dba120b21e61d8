import { createHash } from "node:crypto";

/** A content security policy that also allows what this document of ours holds inline, each piece by its hash. */
export function allowInline(policy: string, document: string): string {
  return policy
    .replace(/script-src [^;]*/u, (allowed) => [allowed, ...hashesOf("script", document)].join(" "))
    .replace(/style-src [^;]*/u, (allowed) => [allowed, ...hashesOf("style", document)].join(" "));
}

function hashesOf(element: string, document: string): readonly string[] {
  const inline = new RegExp(`<${element}>(.*?)</${element}>`, "gsu");
  return [...document.matchAll(inline)].map(([, content = ""]) => {
    return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
  });
}
