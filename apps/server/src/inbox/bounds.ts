import { isApplication } from "@carillon/protocol";
import { isOwn, OWN_ENTRIES } from "../hub/own.ts";

/** Entries that a log holds, give or take a tenth, but no more than a thousand: a user's, and an application's. */
export type Bounds = { readonly user: number; readonly application: number };

/** How many entries this log holds, and at how many it is trimmed to that: not with every append. */
export function boundOf(uid: string, bounds: Bounds): { readonly most: number; readonly bound: number } {
  const most = mostOf(uid, bounds);
  return { most, bound: Math.floor(most + Math.min(most * SLACK, MOST_SLACK)) };
}

function mostOf(uid: string, { user, application }: Bounds): number {
  if (isOwn(uid)) return Math.min(user, OWN_ENTRIES);
  return isApplication(uid) ? application : user;
}

const SLACK = 0.1;
const MOST_SLACK = 1_000;
