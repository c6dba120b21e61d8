/** What a key can ask of the inbox. */
export type Command =
  | "next"
  | "previous"
  | "open"
  | "reply"
  | "read"
  | "unread"
  | "archive"
  | "snooze"
  | "more"
  | "unfold"
  | "undo"
  | "help";

/** Every command, in the order in which they are explained, with the keys for it as they are printed. */
export const KEYS: readonly { readonly command: Command; readonly keys: readonly string[] }[] = [
  { command: "next", keys: ["J"] },
  { command: "previous", keys: ["K"] },
  { command: "open", keys: ["Enter", "O"] },
  { command: "unfold", keys: ["G"] },
  { command: "reply", keys: ["R"] },
  { command: "read", keys: ["Shift I"] },
  { command: "unread", keys: ["Shift U"] },
  { command: "archive", keys: ["E"] },
  { command: "snooze", keys: ["H"] },
  { command: "more", keys: ["M"] },
  { command: "undo", keys: ["Z"] },
  { command: "help", keys: ["?"] },
];

/** As much of a keyboard event as says what was pressed. */
export type Press = Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey" | "isComposing">;

/** What a press asks for; with Ctrl, Cmd or Alt it is the browser's or the system's. Caps Lock makes no difference. */
export function commandOf({ key, shiftKey, ctrlKey, metaKey, altKey, isComposing }: Press): Command | undefined {
  if (ctrlKey || metaKey || altKey || isComposing) return undefined;
  if (key === "?") return "help"; // With Shift on most keyboards, without it on some.
  return (shiftKey ? SHIFTED : PLAIN).get(key.toLowerCase());
}

/** Whether it is a character that asks (WCAG 2.1.4 wants those to be switched off at will). */
export function isSingleKey({ key }: Pick<KeyboardEvent, "key">): boolean {
  return key.length === 1;
}

const PLAIN: ReadonlyMap<string, Command> = new Map([
  ["j", "next"],
  ["k", "previous"],
  ["enter", "open"],
  ["o", "open"],
  ["g", "unfold"],
  ["r", "reply"],
  ["e", "archive"],
  ["h", "snooze"],
  ["m", "more"],
  ["z", "undo"],
]);

const SHIFTED: ReadonlyMap<string, Command> = new Map([
  ["i", "read"],
  ["u", "unread"],
]);
