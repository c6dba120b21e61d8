import type { HtmlTagDescriptor, Plugin, Rolldown } from "vite";

type Modules = {
  /** What the page's own script imports one after the other: it comes together. */
  readonly first: readonly string[];
  /** What is wanted after that: it comes when nothing else does. */
  readonly next: readonly string[];
};

/** Has index.html name scripts. None is needed for the first paint, so none is asked for as if it were. */
export function preloaded({ first, next }: Modules): Plugin {
  return {
    name: "preloaded",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (html, { bundle = {} }) => {
        const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
        const soon = namesOf(first, chunks);
        const later = new Set([...namesOf(next, chunks)].filter((name) => !soon.has(name)));
        const tags = [
          ...link(soon, { rel: "modulepreload", fetchpriority: "low" }),
          ...link(later, { rel: "prefetch" }),
        ];
        return { html: html.replace(LINK, ""), tags };
      },
    },
  };
}

/** Vite's own. */
const LINK = /<link rel="modulepreload"[^>]*>\s*/gu;

/** What the chunks of these modules are called, and those that they cannot run without. */
function namesOf(modules: readonly string[], chunks: readonly Rolldown.OutputChunk[]): Set<string> {
  const names = new Set(modules.map((module) => chunkOf(module, chunks).fileName));
  for (const name of names) {
    for (const needed of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) names.add(needed);
  }
  return names;
}

function chunkOf(module: string, chunks: readonly Rolldown.OutputChunk[]): Rolldown.OutputChunk {
  const chunk = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(module)));
  if (chunk === undefined) throw new Error(`${module} is in no chunk`);
  return chunk;
}

function link(names: ReadonlySet<string>, how: Readonly<Record<string, string>>): readonly HtmlTagDescriptor[] {
  return [...names].map((name) => ({ tag: "link", attrs: { ...how, crossorigin: true, href: `/${name}` } }));
}
