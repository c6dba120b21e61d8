import type { Refusal } from "@carillon/protocol";
import { send } from "../../hub.ts";
import { clearText, compose, refuse, targetOf } from "../../store/compose.ts";

/** The part of the form that has to change before the draft can go. */
export type Culprit = "to" | "text";

/** Sends what was typed, or says at which field it fails; undefined when it went out. */
export function submit(): Culprit | undefined {
  const written = compose.getState();
  const { text, thread } = written;
  const submitted = send({ to: targetOf(written), text, ...(thread !== undefined && { thread }) });
  if (submitted.ok) {
    clearText();
    return undefined;
  }
  refuse(submitted.refusal);
  return culpritOf(submitted.refusal);
}

/** Which field a refusal accuses. */
export function culpritOf({ code }: Refusal): Culprit {
  return code === "invalidTarget" ? "to" : "text";
}
