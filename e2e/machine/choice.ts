/** What the machine has, before anything is decided. Paths are of files that exist. */
export type Machine = {
  /** The settings CARILLON_CHROMIUM and CARILLON_CHROMIUM_SHELL. */
  readonly asked: { readonly whole: Asked | undefined; readonly shell: Asked | undefined };
  readonly playwrights: Found;
  readonly system: Found;
  readonly isRoot: boolean;
  readonly hasApt: boolean;
};

export type Asked = { readonly path: string; readonly exists: boolean };
export type Found = { readonly whole: string | undefined; readonly shell: string | undefined };

/**
 * Two builds of Chromium. `shell` cannot show a window: it starts and draws faster, and its pages are always in front. `whole` has
 * windows and hides, freezes and keeps pages as people's browsers do. Where there is no shell, both are the whole one.
 */
export type Browsers = { readonly whole: string; readonly shell: string };

export type Way = "apt" | "playwright";

export type Choice =
  | { readonly at: "found"; readonly browsers: Browsers }
  /** Enough for all tests, which take twice their time. */
  | { readonly at: "slow"; readonly browsers: Browsers; readonly ways: readonly Way[] }
  | { readonly at: "astray"; readonly path: string }
  | { readonly at: "absent"; readonly ways: readonly Way[] };

/** Which Chromium to use, or by which ways to get one, the best first. */
export function choose({ asked, playwrights, system, isRoot, hasApt }: Machine): Choice {
  // A setting that leads nowhere is a mistake to be told, not to be worked around.
  const astray = [asked.whole, asked.shell].find((one) => one?.exists === false);
  if (astray !== undefined) return { at: "astray", path: astray.path };
  const apt: readonly Way[] = isRoot && hasApt ? ["apt"] : [];
  const whole = asked.whole?.path ?? playwrights.whole ?? system.whole;
  if (whole === undefined) return { at: "absent", ways: [...apt, "playwright"] };
  // Who asks for one Chromium wants no other.
  const shell = asked.shell?.path ?? asked.whole?.path ?? playwrights.shell ?? system.shell;
  if (shell !== undefined) return { at: "found", browsers: { whole, shell } };
  return { at: "slow", browsers: { whole, shell: whole }, ways: apt };
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
