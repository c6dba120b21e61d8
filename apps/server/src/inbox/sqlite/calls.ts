import type { HistoryKind, Seq } from "@carillon/protocol";
import type { Bearing, Change, History, OutcomeOf, Pages, Standing, Start } from "../../hub/ports.ts";
import type { Bounds } from "../bounds.ts";
import type { Revoke } from "./revoked.ts";

/** What the worker starts with. */
export type WorkerData = {
  readonly file: string;
  /** Milliseconds that a commit waits for another process's lock. */
  readonly patience: number;
  /** Entries that a log holds. */
  readonly bounds: Bounds;
};

/** What is committed: what happens to logs, and what is kept beside them. */
export type Write = Change | Revoke;

/** A question that is answered at once. */
export type Read =
  | { readonly op: "read"; readonly uid: string; readonly after: Seq; readonly limit: number }
  | { readonly op: "open"; readonly uid: string; readonly start: Start }
  | {
      readonly op: "page";
      readonly uid: string;
      readonly of: HistoryKind;
      readonly before: Seq;
      readonly limit: number;
    }
  | {
      readonly op: "drafts";
      readonly author: string;
      readonly prefix: string;
      readonly after: string;
      readonly limit: number;
    }
  | { readonly op: "isRevoked"; readonly bearing: Bearing };

/** What each of them is answered with. */
export type Results = {
  readonly read: Pages;
  readonly open: Standing;
  readonly page: History;
  readonly isRevoked: boolean;
  readonly drafts: readonly string[];
};

/** What the hub's thread says to the worker. `call` comes back with the answer. */
export type Request =
  | { readonly kind: "commit"; readonly call: number; readonly changes: readonly Write[] }
  | { readonly kind: "read"; readonly questions: readonly Question[] }
  | { readonly kind: "close" };

export type Question = { readonly call: number; readonly read: Read };
export type Answer = { readonly call: number; readonly result: Results[Read["op"]] } | Unavailable;

/** Why the store cannot serve. */
export type Unavailable = { readonly kind: "unavailable"; readonly call: number; readonly message: string };

/** What the store has to tell its operator, and goes on. */
export type Finding = {
  readonly level: "warn" | "error";
  readonly message: string;
  readonly facts: Readonly<Record<string, string | number>>;
};

/**
 * What the worker answers: the outcomes of a commit in the order of its changes, an answer to each question, or why the store
 * cannot serve. A finding answers nothing, and may come before `ready`.
 */
export type Reply =
  | { readonly kind: "ready" }
  | { readonly kind: "finding"; readonly finding: Finding }
  | { readonly kind: "committed"; readonly call: number; readonly outcomes: readonly OutcomeOf<Change>[] }
  | { readonly kind: "read"; readonly answers: readonly Answer[] }
  | Unavailable;
