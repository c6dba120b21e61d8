import type { Entry, Seq } from "@carillon/protocol";
import type { Appended, AuthoredDraft, Growth, Standing, Start } from "../../hub/ports.ts";

/** What the worker starts with. `patience`: milliseconds that a commit waits for another process's lock. */
export type WorkerData = { readonly file: string; readonly patience: number };

/** A change that a batch commits. */
export type Write =
  | { readonly op: "append"; readonly drafts: readonly AuthoredDraft[] }
  | { readonly op: "acknowledge"; readonly acks: readonly { uid: string; seq: Seq }[]; readonly at: number };

/** A question that is answered at once. */
export type Read =
  | { readonly op: "read"; readonly uid: string; readonly after: Seq; readonly limit: number }
  | { readonly op: "open"; readonly uid: string; readonly start: Start };

/** What each of them is answered with. */
export type Results = {
  append: readonly Appended[];
  acknowledge: readonly Growth[];
  read: readonly Entry[];
  open: Standing;
};

/** What the hub's thread says to the worker. `call` comes back with the answer. */
export type Request =
  | { readonly kind: "commit"; readonly call: number; readonly writes: readonly Write[] }
  | { readonly kind: "read"; readonly call: number; readonly read: Read }
  | { readonly kind: "close" };

/** What the worker answers: the results, those of a commit in the order of its writes, or why the store cannot serve. */
export type Reply =
  | { readonly kind: "ready" }
  | { readonly kind: "committed"; readonly call: number; readonly results: readonly Results[Write["op"]][] }
  | { readonly kind: "read"; readonly call: number; readonly result: Results[Read["op"]] }
  | { readonly kind: "unavailable"; readonly call: number; readonly message: string };
