import { watch } from "node:fs";

const FOLDERS = ["apps/server/src", "packages/protocol/src"];
/** An editor, or a change of branch, writes more than once. */
const SETTLED_MS = 150;

/** Calls `changed` when source that the hub runs was changed, once for a burst of changes. */
export function onSourceChange(changed: () => void): void {
  let settled: NodeJS.Timeout | undefined;
  for (const folder of FOLDERS) {
    watch(folder, { recursive: true }, (_event, file) => {
      if (file === null || !file.endsWith(".ts") || file.endsWith(".test.ts")) return;
      clearTimeout(settled);
      settled = setTimeout(changed, SETTLED_MS);
    });
  }
}
