import {
  type Client,
  createClient,
  type DraftInput,
  localOutbox,
  memoryOutbox,
  type Submitted,
} from "@carillon/client";
import {
  type Draft,
  type HistoryKind,
  isQuiet,
  type MarkName,
  type MarkTarget,
  type MuteTarget,
  type Seq,
} from "@carillon/protocol";
import { storageOf } from "./storage.ts";
import { cameInQuiet, caughtUp, stillNews, toldIn } from "./store/caught-up.ts";
import { keepCompose } from "./store/compose.ts";
import { connectionIs, forgetConnection } from "./store/connection.ts";
import { forgetFeed } from "./store/feed.ts";
import { hearDismissals } from "./store/dismissals.ts";
import { closeAll } from "./store/over.ts";
import { presence, watchTarget } from "./store/presence.ts";
import { keepRecents, remember } from "./store/recents.ts";
import { changeRefused, forgetRefused } from "./store/refused.ts";
import { rung } from "./store/rung.ts";
import { type Session, session } from "./store/session.ts";
import { toastRoom } from "./store/toast-room.ts";
import { follow } from "./store/toasts-follow.ts";
import { none, ring, ringMissed, toasts } from "./store/toasts.ts";
import { forgetUndo } from "./store/undo.ts";
import { forgetView, type View, view } from "./store/view.ts";
import { askDemoToken, demoTokens, handedToken, keptToken, type TokenAnswer, type TokenSource } from "./token.ts";

/** One user's stay on this page. */
type Visit = { readonly client: Client; readonly signInAgain: () => void; readonly end: () => void };

let visit: Visit | undefined;

/** Signs in by name alone, as a demo hub allows. A hub out of reach is waited for; one that says no asks in the form. */
export async function signIn(uid: string): Promise<void> {
  leave();
  const entering: Session = { at: "entering", uid };
  session.setState(entering, true);
  const answer = await askDemoToken(uid, fetch);
  if (session.getState() !== entering) return; // Somebody else came in meanwhile.
  if (answer.at !== "granted" && answer.at !== "unreachable") return turnAway(uid, answer.at);
  enter(uid, demoTokens(uid, answer, fetch), () => void signIn(uid));
}

/** Signs in with a token that the application minted for this user, and keeps it for reloads of this tab. */
export function signInWith(token: string, uid: string): void {
  leave();
  keptToken.keep(token);
  enter(uid, handedToken(token), () => turnAway(uid, "tokenRefused"));
}

/** Gets another token in the way in which the last one was got, after the hub refused that. */
export function signInAgain(): void {
  present().signInAgain();
}

/** Disconnects and forgets who was here; drafts that wait stay in their user's outbox. */
export function signOut(): void {
  leave();
  keptToken.forget();
  session.setState({ at: "out", asks: "uid", uid: "" }, true);
}

/** Puts a draft into the outbox of whoever is signed in. */
export function send(draft: DraftInput): Submitted {
  const submitted = present().client.send(draft);
  if (submitted.ok) remember(draft.to);
  return submitted;
}

/** Marks notifications of whoever is signed in. */
export function mark(name: MarkName, target: MarkTarget): void {
  if (name !== "seen") forgetRefused();
  present().client.mark(name, target);
}

/** Puts notifications off until then (milliseconds since 1970); without a time, not any more. */
export function snooze(seqs: readonly Seq[], until?: number): void {
  forgetRefused();
  present().client.snooze(seqs, until);
}

/** Wants no bell for what comes of a thread or author from now on, or wants it again. */
export function mute(target: MuteTarget, muted: boolean): void {
  forgetRefused();
  present().client.mute(target, muted);
}

/** Wants no bell until then (milliseconds since 1970); without a time, wants it again. */
export function quiet(until?: number): void {
  forgetRefused();
  present().client.quiet(until);
}

/** The user looks at these threads here. Nothing to say once nobody is signed in. */
export function attend(threads: readonly string[]): void {
  visit?.client.attend(threads);
}

/** Takes an own draft back, be it stored or waiting. */
export function retract(draft: string): void {
  forgetRefused();
  present().client.retract(draft);
}

/** Gives an own stored draft another text, or says why it cannot have that. */
export function edit(draft: string, text: string): Submitted {
  forgetRefused();
  return present().client.edit(draft, text);
}

/** Brings older history into the view. Rejects if it cannot be had now. */
export function older(of: HistoryKind): Promise<void> {
  return present().client.older(of);
}

/** Connects now instead of later, or again after a refusal. */
export function retry(): void {
  present().client.retry();
}

/** Takes a refused draft back: what was written, or undefined if it is gone already. */
export function discard(id: string): Draft | undefined {
  return present().client.discard(id)?.draft;
}

function present(): Visit {
  if (visit === undefined) throw new Error("nobody is signed in");
  return visit;
}

function enter(uid: string, tokens: TokenSource, again: () => void): void {
  const storage = storageOf("localStorage");
  const client = createClient({
    url: socketUrl(location),
    token: async (why) => {
      const answer = await tokens(why);
      if (answer.at === "granted") return answer.token;
      // While a connection lives there is nothing to turn away from: it lasts as long as its token.
      if (why !== "renew" && answer.at !== "unreachable" && visit === entered) turnAway(uid, answer.at);
      throw new Error(`no token: ${answer.at}`);
    },
    outbox: storage === undefined ? memoryOutbox() : localOutbox(uid, storage),
    onStatus: connectionIs,
    onView: show,
    onRefused: (change, refusal) => {
      forgetUndo(); // What did not happen cannot be taken back.
      changeRefused(change, refusal);
    },
    onNotification: (notification) => {
      toasts.setState((now) => ring(now, notification, toastRoom()), true);
      rung.setState([notification], true);
    },
    onMissed: (notifications, meanwhile, isAll) => {
      if (meanwhile === "quiet") caughtUp.setState(notifications, true);
      else toasts.setState((now) => ringMissed(now, { notifications, isAll }, toastRoom()), true);
      rung.setState(notifications, true);
    },
    onPresence: (online) => presence.setState(online, true),
  });
  const letGo = [keepCompose(uid, storage), keepRecents(uid, storage), hearDismissals(uid, storage)];
  const lookAway = watchTarget((uids) => client.watch(uids));
  const end = () => {
    lookAway();
    for (const go of letGo) go();
  };
  const entered: Visit = { client, signInAgain: again, end };
  visit = entered;
  session.setState({ at: "in", uid }, true);
  client.start();
}

function show(now: View): void {
  const isFirst = view.getState().counts === undefined && now.counts !== undefined;
  view.setState(now, true);
  if (isFirst) queueMicrotask(tellOfQuiet); // What was missed rings first.
  caughtUp.setState((all) => stillNews(all, now.notifications), true);
  toasts.setState((all) => follow(all, now.notifications, document.visibilityState === "visible"), true);
}

/** Of a quiet that was over before this tab was there. */
function tellOfQuiet(): void {
  const now = view.getState();
  const at = session.getState();
  if (at.at !== "in" || now.quiet === undefined || isQuiet(now.quiet, Date.now())) return;
  if (toldIn(at.uid, storageOf("localStorage")).isTold(now.quiet)) return;
  const heard = new Set(rung.getState().map(({ seq }) => seq));
  caughtUp.setState(
    cameInQuiet(now.notifications, now.quiet).filter(({ seq }) => !heard.has(seq)),
    true,
  );
}

function leave(): void {
  visit?.client.stop();
  visit?.end();
  visit = undefined;
  forgetConnection();
  forgetView();
  forgetRefused();
  forgetFeed();
  forgetUndo();
  caughtUp.setState([], true);
  closeAll();
  toasts.setState(none, true);
}

/** Why somebody who wanted in, or was in, has to go to the form. */
type Denial = Exclude<TokenAnswer["at"], "granted" | "unreachable"> | "tokenRefused";

const FORMS = {
  notOffered: { asks: "token" },
  refused: { asks: "uid", fault: "refused" },
  expired: { asks: "token", fault: "expiredToken" },
  tokenRefused: { asks: "token", fault: "refusedToken" },
} as const satisfies Record<Denial, object>;

function turnAway(uid: string, why: Denial): void {
  leave();
  keptToken.forget();
  session.setState({ at: "out", uid, ...FORMS[why] }, true);
}

function socketUrl({ protocol, host }: Location): string {
  return `${protocol === "https:" ? "wss" : "ws"}://${host}/v1/socket`;
}
