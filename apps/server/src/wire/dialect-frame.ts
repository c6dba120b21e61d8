/** A reply as the tutorial's clients send it. */
export type Alert = { readonly to: string; readonly text: string };

/** What a tutorial's client asks for, or the tutorial's own sentence for what is wrong with it. */
export type DecodedAlert =
  | { readonly ok: true; readonly alert: Alert }
  | { readonly ok: false; readonly reason: string };

/** What the tutorial says to everybody, and what stands in the notification if the client sends no content of its own. */
export const TUTORIAL_MESSAGE = "收到一条新的回复.";

/** Reads a frame of the tutorial's dialect. Never throws, and calls nothing by name: `alertTip` is the one event there is. */
export function decodeAlert(frame: string | undefined): DecodedAlert {
  const fields = objectOf(frame);
  const event = fields?.["event"];
  if (fields === undefined || isEmpty(event)) return BAD_FORMAT;
  if (event !== "alertTip") return { ok: false, reason: "event is not exists." };
  const to = targetOf(fields["toUid"]);
  const text = textOf(fields["content"]);
  return to === undefined || text === undefined ? BAD_FORMAT : { ok: true, alert: { to, text } };
}

const BAD_FORMAT: DecodedAlert = { ok: false, reason: "data format invalidate." };

/** The frame's own fields, without a prototype, or undefined if it is not a JSON object. */
function objectOf(frame: string | undefined): Record<string, unknown> | undefined {
  if (frame === undefined) return undefined;
  try {
    const json: unknown = JSON.parse(frame);
    if (typeof json !== "object" || json === null || Array.isArray(json)) return undefined;
    return Object.assign(Object.create(null), json);
  } catch {
    return undefined; // Not JSON.
  }
}

/** As the tutorial's language has it: no event, "", "0", 0 and false are all empty. */
function isEmpty(event: unknown): boolean {
  return !event || event === "0" || (Array.isArray(event) && event.length === 0);
}

function targetOf(toUid: unknown): string | undefined {
  if (typeof toUid === "string") return toUid;
  return Number.isSafeInteger(toUid) ? String(toUid) : undefined;
}

function textOf(content: unknown): string | undefined {
  if (content === undefined || content === null || content === "") return TUTORIAL_MESSAGE;
  return typeof content === "string" ? content : undefined;
}
