import { Close } from "@carillon/protocol";

/** Why the hub hung up, by its row in the table of close codes. */
export type HangUp = keyof typeof Close;

/** The row of this close code; undefined for codes that are not the hub's own. */
export function hangUpOf(code: number): HangUp | undefined {
  return ROWS.get(code);
}

const row = (name: HangUp): [number, HangUp] => [Close[name].code, name];

const ROWS: ReadonlyMap<number, HangUp> = new Map([
  row("restarting"),
  row("tokenExpired"),
  row("silent"),
  row("tooSlow"),
  row("unavailable"),
  row("helloTimeout"),
  row("crowded"),
  row("flooding"),
  row("disconnected"),
  row("keysUnavailable"),
  row("badFrame"),
  row("tokenRefused"),
  row("replaced"),
  row("revoked"),
]);
