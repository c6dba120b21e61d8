import type { Outcome } from "../load/order.ts";
import type { Peer } from "../peers/peer.ts";
import type { Size } from "../size.ts";

/** One thing that is measured. */
export type Scenario = {
  readonly name: string;
  /** What is done, in one sentence. */
  readonly about: string;
  /** Whether this peer can do it at all. */
  readonly suits: (peer: Peer) => boolean;
  /** The figures that the report shows, the one to compare first. */
  readonly shown: readonly Shown[];
  readonly run: (peer: Peer, site: Site) => Promise<Outcome | undefined>;
};

export type Shown = {
  readonly figure: string;
  readonly title: string;
  readonly better: "more" | "less";
};

/** Where, and how large. */
export type Site = {
  readonly size: Size;
  /** A folder on a disk: for stores, emptied by whoever uses it. */
  readonly scratch: string;
  readonly seed: number;
};

export function everybody(): boolean {
  return true;
}

/** Every server, Carillon in one layout. */
export function everyServer({ isLayout }: Peer): boolean {
  return isLayout !== true;
}

export function carillonAlone({ name }: Peer): boolean {
  return name === "carillon";
}

export const NOTHING_SENT = {
  sent: 0,
  acknowledged: 0,
  delivered: 0,
  lost: 0,
  doubled: 0,
  damaged: 0,
  cut: 0,
} as const;
