import { uidOf } from "../load/stencil.ts";

/** All who may come to a server that has to know them beforehand. */
export function everyUid(): readonly string[] {
  return Array.from({ length: MOST }, (_, number) => uidOf(number));
}

/** As many as the largest crowd has. */
const MOST = 10_002;
