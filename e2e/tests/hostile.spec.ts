import type { Page } from "@playwright/test";
import { RawPeer } from "../adversaries/raw/peer.ts";
import { DELIVERED } from "../fixtures/tab.ts";
import { expect, type RunningHub, test } from "../fixtures/test.ts";

/** The one that may be a link, where it is sent as one (P35). */
const WEB_ADDRESS = "https://evil.example/x";

/** Each would leave a mark if it were anything but text. */
const HOSTILE = [
  `<img src=x onerror="globalThis.pwned=1">`,
  `<script>globalThis.pwned=1</script>`,
  `"><svg onload="globalThis.pwned=1">`,
  `javascript:globalThis.pwned=1`,
  `data:text/html,<script>globalThis.pwned=1</script>`,
  `//evil.example/x`,
  WEB_ADDRESS,
  "[click](javascript:globalThis.pwned=1)",
  `{{constructor.constructor("globalThis.pwned=1")()}}`,
  `\${globalThis.pwned=1}`,
  `<a href="javascript:globalThis.pwned=1">click</a>`,
  `<style>*{display:none}</style>`,
  `</p></body><h1>Gone</h1>`,
];

const AUTHOR = `<img src=y onerror="globalThis.pwned=2">`;
const TARGET = `"><script>globalThis.pwned=2</script>`;

test("[P5] markup in names, texts and threads is text: nothing runs, nothing loads, and only a web address is a link", async ({
  hub,
  open,
}) => {
  test.slow();
  const [author, target] = await Promise.all([open(AUTHOR), open(TARGET)]);
  const strangers = [...strangersOf(author.page, hub), ...strangersOf(target.page, hub)];
  for (const tab of [author, target]) await expect(tab.online).toBeVisible();

  for (const text of HOSTILE.slice(0, 3)) await author.send(TARGET, text);
  await expect(author.sent(HOSTILE[2] ?? "")).toContainText(DELIVERED);
  await expect(target.toast(HOSTILE[2] ?? "")).toBeVisible();
  await say(
    hub,
    HOSTILE.flatMap((hostile, n) => [
      { id: `text${n}`, to: TARGET, text: hostile, thread: hostile },
      { id: `link${n}`, to: TARGET, text: `With link ${n}`, url: hostile, data: { url: hostile } },
    ]),
  );
  const last = target.page.getByRole("region", { name: "Inbox" }).getByText(HOSTILE.at(-1) ?? "", { exact: true });
  await expect(last).toHaveCount(2); // The text and the thread.

  for (const uid of HOSTILE.slice(2, 4)) await expect((await open(uid)).online).toBeVisible();
  for (const [{ page }, links] of [
    [author, []],
    [target, [WEB_ADDRESS]],
  ] as const) {
    expect(await marksOn(page)).toEqual({ pwned: false, foreign: [], links });
    await page.reload();
    await expect(page.getByRole("link")).toHaveCount(links.length);
    expect(await marksOn(page)).toEqual({ pwned: false, foreign: [], links });
  }
  expect(strangers.flatMap((each) => each())).toEqual([]);
});

test("[P5] what turns the direction of writing turns only its own", async ({ hub, open }) => {
  const texts = ["abc\u202egnp.exe", "\u2067never closed", "שלום 123", "\u202d\u202e\u2066 both"];
  const target = await open("101");
  await expect(target.online).toBeVisible();
  await say(
    hub,
    texts.map((text, n) => ({ id: `d${n}`, to: "101", text, thread: text })),
    `\u202efrom`,
  );
  const rows = target.page.getByRole("region", { name: "Inbox" }).getByRole("listitem");
  await expect(rows).toHaveCount(texts.length);
  for (const styles of await rows.evaluateAll(directionsIn)) {
    expect(styles.length).toBeGreaterThanOrEqual(3); // The author, the text, the thread.
    for (const style of styles) expect(style).toMatch(/isolate|plaintext|alone in a block/);
  }
});

/** How each element that holds such characters keeps them from its neighbours. Runs in the page. */
function directionsIn(rows: readonly Element[]): string[][] {
  const turns = /[\u2066-\u2069\u202a-\u202e\u0590-\u05ff]/u;
  const holds = (each: Element) =>
    [...each.childNodes].some((node) => node.nodeType === 3 && turns.test(node.nodeValue ?? ""));
  return rows.map((row) =>
    [...row.querySelectorAll("*")].filter(holds).map((each) => {
      const { unicodeBidi, display } = getComputedStyle(each);
      return unicodeBidi === "normal" && display !== "inline" && each.childNodes.length === 1
        ? "alone in a block"
        : unicodeBidi;
    }),
  );
}

/** Tells which requests a page has made of anybody but its hub. */
function strangersOf(page: Page, hub: RunningHub): readonly (() => readonly string[])[] {
  const urls: string[] = [];
  page.on("request", (request) => urls.push(request.url()));
  return [() => urls.filter((url) => new URL(url).host !== new URL(hub.url).host && !url.startsWith("data:image/"))];
}

/** What a page shows of having taken text for anything else, and where its links lead that know nothing of this page. */
function marksOn(page: Page): Promise<{ pwned: boolean; foreign: string[]; links: string[] }> {
  return page.evaluate(() => {
    const links = [...document.querySelectorAll<HTMLAnchorElement>('a[href][rel="noopener noreferrer"]')];
    const suspects =
      "img, iframe, object, embed, base, a[href], body style, body script, h1 + script, [onload], [onerror]";
    return {
      pwned: "pwned" in globalThis,
      foreign: [...document.querySelectorAll(suspects)]
        .filter((each) => !links.some((link) => link === each))
        .map((each) => each.outerHTML),
      links: links.map(({ href }) => href),
    };
  });
}

/** Sends drafts with fields that the page has no field for. What the hub refuses, it refuses. */
async function say(hub: RunningHub, drafts: readonly object[], uid = "mallory"): Promise<void> {
  const asked = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ uid }) };
  const { token } = await (await fetch(`${hub.url}/v1/demo/session`, asked)).json();
  using peer = await RawPeer.welcomed(hub.port, token);
  for (const draft of drafts) {
    peer.say({ type: "send", ...draft });
    for (let answer = await peer.hear(); !isAnswer(answer); answer = await peer.hear());
  }
}

function isAnswer(message: unknown): boolean {
  return typeof message !== "object" || message === null || !("type" in message) || message.type !== "entries";
}
