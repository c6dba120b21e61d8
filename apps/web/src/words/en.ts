import { isolate } from "./isolate.ts";
import { pluralIn } from "./plural.ts";

const plural = pluralIn("en");

/** English, of what the page needs to come up; it also says what every other catalogue has to hold. */
export const en = {
  page: {
    settings: "Settings",
    loading: "Loading your notifications",
    notLoaded: "This could not be loaded. Reload the page to try again.",
    reload: "Reload",
  },
  title: (uid: string) => `${uid} · Carillon`,
  panes: { name: "Panes", write: "Write", inbox: "Inbox" },
  who: { signedInAs: (uid: string) => `Signed in as ${isolate(uid)}`, signOut: "Sign out" },
  connection: {
    connecting: "Connecting",
    /** Where WebSockets do not get through, a quiet word says what does. */
    online: { websocket: "Online", stream: "Online over HTTP" },
    stopped: "Offline",
    waiting: "Connection lost.",
    countdown: (seconds: number) =>
      seconds > 0 ? plural(seconds, { other: "Reconnecting in # s." }) : "Reconnecting now.",
    tryNow: "Try now",
    tryAgain: "Try again",
    signInAgain: "Sign in again",
  },
  hungUp: {
    restarting: "The hub is restarting.",
    tokenExpired: "Your token has expired.",
    silent: "The hub did not hear from this page for too long.",
    tooSlow: "This connection was too slow for what was sent to you.",
    unavailable: "The hub cannot reach its log.",
    helloTimeout: "This page did not introduce itself in time.",
    crowded: "You have too many tabs and devices connected. Close one of them.",
    flooding: "This page sent too much in a short time.",
    disconnected: "The application ended this connection.",
    keysUnavailable: "The hub cannot check your token now.",
    badFrame: "The hub could not read what this page sent. Reload the page.",
    tokenRefused: "The hub did not accept your token.",
    replaced: "You connected somewhere else, and this page stepped back.",
    revoked: "Your access was withdrawn.",
  },
  hungUpOtherwise: (code: number) => `The hub closed the connection (code ${code}).`,
  compose: {
    to: "To",
    toHint: "User ID",
    recent: "People you wrote to",
    targetOnline: "Online",
    targetAway: "Away",
    message: "Message",
    messageHint: "What should ring?",
    send: "Send",
    sendKeys: "Ctrl+Enter",
    sendKeysMac: "⌘ Enter",
    left: (count: number) => plural(count, { other: "# left" }),
    over: (count: number) => plural(count, { other: "# over" }),
    answersIn: "Reply in",
    leaveThread: "Leave the thread",
  },
  refusals: {
    emptyText: "Write something first.",
    textTooLong: "This is too long. 4,000 characters fit.",
    malformedText: "This holds characters that cannot be sent. Remove control characters or broken emoji.",
    invalidTarget: "Give the ID of one user: 1 to 128 bytes, without line breaks.",
    invalidThread: "The thread's name is not valid.",
    invalidUrl: "The link is not valid.",
    invalidData: "What the application added is not valid.",
    invalidTtl: "The time to live is not valid.",
    invalidUntil: "That time is over, or more than a year ahead.",
    tooManyMutes: "You mute as much as one can. Unmute something first.",
    draftTooLarge: "This is too large as a whole. Shorten it.",
    conflict: "A different message already went out under this one's ID.",
    unavailable: "The hub cannot store this now. Try again later.",
    rateLimited: "That was too much at once. It goes out a little later.",
    forbidden: "You may not write to this user.",
    tokenRefused: "The hub did not accept your token.",
    unknownDraft: "The hub does not have this message any more.",
    outboxFull: "Too much waits for the connection already. Try again when some of it is out.",
  },
  refusedOtherwise: "The hub did not take this.",
  unseen: (count: number) =>
    count === 0
      ? "No unseen notifications"
      : plural(count, { one: "# unseen notification", other: "# unseen notifications" }),
  quietBell: (unseen: string) => `${unseen}. Do not disturb.`,
};
