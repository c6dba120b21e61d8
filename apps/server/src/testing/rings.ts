import type { TestHub } from "./test-hub.ts";
import { until } from "./until.ts";

type Hubs = readonly [TestHub, TestHub];

let count = 0;

/** What is sent on one hub reaches who is on the other, or comes back to it; a refused draft is sent again. */
export async function rings(hubs: Hubs, uid: string): Promise<void> {
  const id = `d${++count}`;
  const first = await come(hubs, uid);
  const seen = (async () => {
    for (let { reader, welcome } = first; !holds(welcome, id); { reader, welcome } = await come(hubs, uid))
      for (let frame: unknown; !isClosed(frame); frame = await reader.next()) if (holds(frame, id)) return;
  })();
  await until(async () => {
    const author = await hubs[0].line();
    await author.hello(await hubs[0].token("100"));
    author.send({ type: "send", id, to: uid, text: "…" });
    const answer = JSON.stringify(await author.next());
    await author.close();
    return answer.includes('"sent"');
  }, `${id} is stored`);
  await seen;
}

export async function areReady(hubs: Hubs): Promise<void> {
  for (const hub of hubs) await until(async () => (await fetch(`${hub.url}/readyz`)).ok, "it is ready");
}

/** As soon as it is let in. */
async function come(hubs: Hubs, uid: string) {
  for (;;) {
    const reader = await hubs[1].line();
    const welcome = await reader.hello(await hubs[1].token(uid));
    if (!isClosed(welcome)) return { reader, welcome };
  }
}

function holds(frame: unknown, id: string): boolean {
  return (JSON.stringify(frame) ?? "").includes(`"${id}"`);
}

function isClosed(frame: unknown): boolean {
  return typeof frame === "object" && frame !== null && "closed" in frame;
}
