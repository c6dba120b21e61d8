/** What the machine has, before anything is decided. Paths are of files that exist. */
export type Machine = {
  /** The setting CARILLON_CHROMIUM. */
  readonly asked: { readonly path: string; readonly exists: boolean } | undefined;
  readonly playwrights: string | undefined;
  readonly system: string | undefined;
  readonly isRoot: boolean;
  readonly hasApt: boolean;
};

export type Way = "apt" | "playwright";

export type Choice =
  | { readonly at: "found"; readonly path: string }
  | { readonly at: "astray"; readonly path: string }
  | { readonly at: "absent"; readonly ways: readonly Way[] };

/** Which Chromium to use, or by which ways to get one, the best first. */
export function choose({ asked, playwrights, system, isRoot, hasApt }: Machine): Choice {
  // A setting that leads nowhere is a mistake to be told, not to be worked around.
  if (asked !== undefined) return { at: asked.exists ? "found" : "astray", path: asked.path };
  const path = playwrights ?? system;
  if (path !== undefined) return { at: "found", path };
  return { at: "absent", ways: isRoot && hasApt ? ["apt", "playwright"] : ["playwright"] };
}

/** Chromium's sandbox refuses to run as root; the rest keeps it from talking to anyone but the page under test. */
export function launchArgs(isRoot: boolean): string[] {
  return [
    ...(isRoot ? ["--no-sandbox"] : []),
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--disable-gpu", // Without one, imitating it takes more of the processor than drawing does.
  ];
}
