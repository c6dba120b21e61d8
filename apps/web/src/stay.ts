/** What somebody who is in needs besides the page's frame, in one piece. */
export { Inbox } from "./features/inbox/inbox.tsx";
export { Sent } from "./features/sent/sent.tsx";
export { Toasts } from "./features/toasts/toasts.tsx";
