import { mintToken } from "@carillon/protocol/token";
import type { Hub } from "../fixtures/hub.ts";
import { Program } from "../fixtures/program.ts";
import type { Tab } from "../fixtures/tab.ts";
import { discuss, fill, putAway } from "./content.ts";

/** A picture: what was written before its user opens the page, and what is done on it. */
export type View = {
  readonly before?: (url: string, uid: string) => Promise<void>;
  /** What it shows is there only where one pane fits. */
  readonly isNarrow?: true;
  /** May give what takes it back, for whoever opens the page next. */
  readonly on?: (tab: Tab, hub: Hub, uid: string) => Promise<void | (() => Promise<void>)>;
};

/** By the names of their pictures. */
export const VIEWS: Readonly<Record<string, View>> = {
  empty: { on: frontInbox },
  thread: { before: discuss, on: openThread },
  bell: { before: discuss, isNarrow: true, on: (tab) => press(tab, "#bell") },
  "bell-sent": { before: write, isNarrow: true, on: showSent },
  settings: { on: (tab) => press(tab, "#settings") },
  "settings-quiet": { before: putAway, on: quietSettings },
  keys: { before: discuss, on: openKeys },
  menu: { before: discuss, on: (tab) => openMenu(tab, "m") },
  times: { before: discuss, on: (tab) => openMenu(tab, "h") },
  "pick-time": { before: discuss, on: pickTime },
  snoozed: { before: putAway, on: (tab) => showFilter(tab, /^(Snoozed|稍后)$/u) },
  archived: { before: putAway, on: (tab) => showFilter(tab, /^(Archived|已归档)$/u) },
  muted: { before: putAway, on: frontInbox },
  "quiet-over": { before: putAway, on: endQuiet },
  toasts: { on: ringMore },
  "reply-in-toast": { on: replyInToast },
  "reply-in-form": { before: discuss, on: replyInForm },
  targets: { on: openTargets },
  sent: { before: write, on: editOne },
  "further-down": { before: fill, on: scrollDown },
  undo: { before: fill, on: markAll },
  "caught-up": { before: fill, on: showUnread },
  "signed-out": { on: signOut },
  "token-asked": { on: askToken },
  revoked: { before: discuss, on: revoke },
  refused: { on: sendInVain },
  "over-http": { before: discuss, on: breakWebSockets },
};

/** On a hub where who connects replaces who was there. */
export const LATEST: Readonly<Record<string, View>> = { replaced: { on: connectElsewhere } };

/** On a hub that goes away, so at last. */
export const AWAY: Readonly<Record<string, View>> = { reconnecting: { before: discuss, on: loseHub } };

/** The page at work: somebody rings while an answer is written; where one pane fits, over the inbox. */
export async function ringOnce(tab: Tab, hub: Hub, to: string): Promise<() => Promise<void>> {
  const sender = await Program.of(hub.url, "tomás");
  await tab.page.locator("#compose-to").fill("tomás");
  await tab.page.locator("#compose-text").fill("I will be there at five.");
  await tab.page.locator("#compose-text").blur();
  await tab.page
    .getByText(/^(Online|在线)$/u)
    .last()
    .waitFor();
  await frontInbox(tab);
  const text = "The third bell is tuned. Come and listen when you have a minute.";
  const drafts = await sender.send({ to, text });
  await tab.page.getByText(text).last().waitFor();
  return async () => {
    await sender.retract(...drafts);
    sender.close();
  };
}

async function frontInbox(tab: Tab): Promise<void> {
  const front = tab.page.locator("#tab-inbox");
  if (await front.isVisible()) await front.click();
}

async function openThread(tab: Tab): Promise<void> {
  await frontInbox(tab);
  await tab.page.getByRole("button", { name: /replied|人回复/u }).click();
}

async function press(tab: Tab, button: "#bell" | "#settings"): Promise<void> {
  await tab.page.locator(button).click();
  await tab.page.locator("[data-layer]").waitFor();
}

async function showSent(tab: Tab): Promise<void> {
  await press(tab, "#bell");
  await tab.page
    .locator("[data-layer]")
    .getByRole("button", { name: /^(Sent|已发送)$/u })
    .click();
}

async function quietSettings(tab: Tab): Promise<void> {
  await press(tab, "#settings");
  await tab.page.locator("[data-quiet=tomorrow]").click();
  await tab.page.getByRole("button", { name: /End it now|立即结束/u }).waitFor();
  await tab.page.locator("[data-layer]").getByRole("checkbox").last().scrollIntoViewIfNeeded();
}

async function openKeys(tab: Tab): Promise<void> {
  await tab.page.keyboard.press("?");
  await tab.page.locator("dialog").waitFor();
}

/** A menu of the first row. */
async function openMenu(tab: Tab, key: "m" | "h"): Promise<void> {
  await frontInbox(tab);
  await tab.page.locator("[data-row]").first().focus();
  await tab.page.keyboard.press(key);
  await tab.page.locator('[data-layer="row"]').waitFor();
}

async function pickTime(tab: Tab): Promise<void> {
  await openMenu(tab, "h");
  await tab.page.getByRole("button", { name: /Date and time|指定日期/u }).click();
  await tab.page.locator("dialog").waitFor();
}

async function showFilter(tab: Tab, name: RegExp): Promise<void> {
  await frontInbox(tab);
  await tab.page.getByRole("button", { name }).click();
}

/** Quiet until somebody ends it; then the card of what came meanwhile. */
async function endQuiet(tab: Tab, hub: Hub, to: string): Promise<void> {
  await press(tab, "#settings");
  await tab.page.locator("[data-quiet=withoutEnd]").click();
  const end = tab.page.getByRole("button", { name: /End it now|立即结束/u });
  await end.waitFor();
  for (const from of ["mira", "tomás", "李雷"]) {
    const sender = await Program.of(hub.url, from);
    await sender.send({ to, text: `While it was quiet (${from}).` });
    sender.close();
  }
  await tab.page.getByText("While it was quiet (李雷).").last().waitFor({ state: "attached" });
  await end.click();
  await tab.page.keyboard.press("Escape");
  await tab.page.getByText(/came while it was quiet|免打扰期间来了/u).waitFor();
}

/** What interrupts, what belongs to a thread and leads somewhere, and what there is no room for. */
async function ringMore(tab: Tab, hub: Hub, to: string): Promise<void> {
  const sender = await Program.of(hub.url, "tomás");
  const url = "https://example.com/";
  await sender.send(
    { to, text: "The tower is locked from six tonight. Bring your key.", priority: "high" },
    { to, text: "And one more." },
    { to, text: "谢谢！我也更新了说明页。" },
    { to, text: "The third bell is tuned. Come and listen when you have a minute.", thread: "Timetable", url },
  );
  await tab.page.getByText(/and \d+ new|另有/u).waitFor();
  sender.close();
}

async function replyInToast(tab: Tab, hub: Hub, to: string): Promise<void> {
  await ringMore(tab, hub, to);
  const toast = tab.page.getByRole("alertdialog");
  await toast.getByRole("button", { name: /Reply|回复/u }).click();
  await tab.page.keyboard.type("I have it with me.");
}

async function replyInForm(tab: Tab): Promise<void> {
  await frontInbox(tab);
  await tab.page.locator("[data-row]").first().focus();
  await tab.page.keyboard.press("r");
  await tab.page.keyboard.type("I will write it down tonight, with the ");
}

async function openTargets(tab: Tab): Promise<void> {
  const field = tab.page.locator("#compose-to");
  for (const to of ["tomás", "100", "a-colleague-with-a-rather-long-name-that-does-not-fit"]) {
    await field.fill(to);
    await tab.page.locator("#compose-text").fill("For you.");
    await tab.page.keyboard.press("Control+Enter");
  }
  await field.fill("");
  await field.press("ArrowDown");
  await tab.page.getByRole("listbox").waitFor();
}

/** What the author sent: stored, delivered, seen, read, edited and taken back. */
async function write(url: string, uid: string): Promise<void> {
  const [author, reader] = await Promise.all([Program.of(url, uid), Program.of(url, `${uid}-reader`)]);
  const to = `${uid}-reader`;
  const [retracted, edited] = await author.send(
    { to, text: "This one was taken back." },
    { to, text: "The rope of the fourth bell is worn." },
    { to, text: "Agreed. I will move it tonight." },
    { to: "a-colleague-with-a-rather-long-name-that-does-not-fit", text: "Could you look at the third bell?" },
  );
  await author.retract(...(retracted === undefined ? [] : [retracted]));
  if (edited !== undefined) await author.edit(edited, "The rope of the third bell is worn.");
  await reader.mark("read", { seqs: [2] });
  await reader.mark("seen", { seqs: [3] });
  for (const program of [author, reader]) program.close();
}

async function editOne(tab: Tab): Promise<void> {
  const row = tab.page.locator("#pane-write li").first();
  await row.hover();
  await row.getByRole("button", { name: /^(Edit|编辑)$/u }).click();
  await tab.page.keyboard.type(" It sounds flat.");
}

async function scrollDown(tab: Tab, hub: Hub, to: string): Promise<void> {
  await frontInbox(tab);
  await tab.page.getByText("Note 60", { exact: true }).waitFor();
  const { width, height } = tab.page.viewportSize() ?? { width: 0, height: 0 };
  await tab.page.mouse.move(width / 2, height * 0.4);
  await tab.page.mouse.wheel(0, 2_000);
  await tab.page.getByText("Note 60", { exact: true }).waitFor({ state: "detached" });
  const sender = await Program.of(hub.url, "mira");
  await sender.send({ to, text: "Something new" });
  await tab.page.getByRole("button", { name: /^(1 new|1 条新通知)$/u }).waitFor();
  sender.close();
}

async function markAll(tab: Tab): Promise<void> {
  await frontInbox(tab);
  await tab.page.getByRole("button", { name: /Mark all read|全部标为已读/u }).click();
  await tab.page.getByRole("button", { name: /Undo|撤销/u }).waitFor();
}

async function showUnread(tab: Tab): Promise<void> {
  await markAll(tab);
  await tab.page.getByRole("button", { name: /^(Unread|未读)/u }).click();
  await tab.page.getByText(/caught up|看完了/u).waitFor();
}

async function signOut(tab: Tab): Promise<void> {
  await tab.page.getByRole("button", { name: /Sign out|退出登录/u }).click();
  await tab.page.locator("main form").waitFor();
}

async function askToken(tab: Tab, hub: Hub): Promise<void> {
  await tab.page.goto("about:blank");
  await tab.page.goto(`${hub.url}/#token=not-a-token`);
  await tab.page.locator("main form").waitFor();
}

async function revoke(tab: Tab, hub: Hub, uid: string): Promise<void> {
  const answer = await fetch(`${hub.url}/v1/revocations`, {
    method: "POST",
    headers: {
      authorization: "Bearer carillon-demo-api-key-that-everybody-knows",
      "content-type": "application/json",
    },
    body: JSON.stringify({ uid }),
  });
  if (!answer.ok) throw new Error(`Not revoked: ${await answer.text()}`);
  await tab.page.getByText(/access was withdrawn|访问权限已被撤销/u).waitFor();
}

/** What the hub refuses stands under Sent with its reason; what cannot be sent says so at its field. */
async function sendInVain(tab: Tab, hub: Hub, uid: string): Promise<void> {
  const key = { kid: "demo", secret: new TextEncoder().encode("carillon-demo-key-that-everybody-knows") };
  const token = await mintToken(uid, { key, audience: "carillon", sendTo: [] });
  await tab.page.goto("about:blank");
  await tab.page.goto(`${hub.url}/#token=${token}`);
  const send = async (to: string, text: string) => {
    await tab.page.locator("#compose-to").fill(to);
    await tab.page.locator("#compose-text").fill(text);
    await tab.page.keyboard.press("Control+Enter");
  };
  await send("mira", "Could you open the tower on Friday?");
  await tab.page.getByText(/Not sent\.|未发送。/u).waitFor();
  await send("x".repeat(129), "And who is this?");
  await tab.page.locator("[aria-invalid=true]").waitFor();
}

async function breakWebSockets(tab: Tab): Promise<void> {
  await tab.page.routeWebSocket(/\/v1\/socket/u, (socket) => socket.close());
  await tab.page.reload();
  await tab.page.getByText(/Online over HTTP|在线（经 HTTP）/u).waitFor();
  await frontInbox(tab);
}

async function connectElsewhere(tab: Tab, hub: Hub, uid: string): Promise<void> {
  const other = await Program.of(hub.url, uid);
  await tab.page.getByText(/stepped back|不再接收通知/u).waitFor();
  other.close();
}

async function loseHub(tab: Tab, hub: Hub): Promise<void> {
  await hub.kill();
  const tryNow = tab.page.getByRole("button", { name: /Try now|立即重连/u });
  await tryNow.waitFor();
  await tab.page.locator("#compose-to").fill("mira");
  await tab.page.locator("#compose-text").fill("This one waits until the hub is back.");
  await tab.page.keyboard.press("Control+Enter");
  await tryNow.waitFor();
}
