import type { Status } from "../../store/connection.ts";

const LOOKS: Readonly<Record<Status["at"], string>> = {
  stopped: "border-2 border-edge",
  connecting: "border-2 border-bronze",
  online: "bg-bronze",
  waiting: "border-2 border-danger",
  refused: "bg-danger",
};

/** Full when the matter is settled, hollow while it is not; the word beside it says it in words. */
export function Dot({ at }: { readonly at: Status["at"] }) {
  return <span aria-hidden className={`size-2 shrink-0 rounded-full ${LOOKS[at]}`} />;
}
