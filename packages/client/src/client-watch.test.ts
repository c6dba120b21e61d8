import { limits, type Up } from "@carillon/protocol";
import { expect, test } from "vitest";
import { Page, resumed } from "./testing/page.ts";

function watching() {
  const told: (readonly (readonly [string, boolean])[])[] = [];
  const page = new Page({ onPresence: (online) => told.push([...online]) });
  return { page, told };
}

const online = (uid: string) => ({ uid, online: true });
const away = (uid: string) => ({ uid, online: false });

test("[P45] whom the application watches is asked at once, and told as the hub tells it", async () => {
  const { page, told } = watching();
  const line = await page.online();
  page.client.watch(["101", "102", "101"]);
  expect(line.heard()).toMatchObject([{ type: "watch", uids: ["101", "102"] }]);
  line.say({ type: "presence", users: [online("101"), away("102")] });
  line.say({ type: "presence", users: [online("102")] });
  expect(told).toEqual([
    [
      ["101", true],
      ["102", false],
    ],
    [
      ["101", true],
      ["102", true],
    ],
  ]);
});

test("[P45] the list is asked anew on each connection, and between two nothing is known", async () => {
  const { page, told } = watching();
  page.client.watch(["101"]);
  page.client.start();
  const first = await page.exchange.accept();
  first.open();
  await first.hear();
  first.say(resumed());
  expect(first.heard()).toMatchObject([{ type: "ack" }, { type: "watch", uids: ["101"] }]);
  first.say({ type: "presence", users: [online("101")] });
  first.hangUp(1006);
  page.clock.pass(250);
  const second = await page.welcomed(resumed());
  expect(second.heard()).toMatchObject([{ type: "watch", uids: ["101"] }]);
  expect(told).toEqual([[["101", true]], []]);
});

test("[P45] who is not watched any more is forgotten, also where the hub's word comes late", async () => {
  const { page, told } = watching();
  const line = await page.online();
  page.client.watch(["101"]);
  line.say({ type: "presence", users: [online("101")] });
  page.client.watch(["102"]);
  line.say({ type: "presence", users: [away("101")] });
  expect(told).toEqual([[["101", true]], []]);
});

test("[P45] an empty list is said on this connection, and on the next there is nothing to say", async () => {
  const { page } = watching();
  const line = await page.online();
  page.client.watch(["101"]);
  page.client.watch([]);
  expect(line.heard()).toMatchObject([{ uids: ["101"] }, { uids: [] }]);
  line.hangUp(1006);
  page.clock.pass(250);
  expect((await page.welcomed(resumed())).heard()).toEqual([]);
});

test("[P45] what says nothing new is not told, and a refusal changes nothing", async () => {
  const { page, told } = watching();
  const line = await page.online();
  page.client.watch(["101"]);
  const [request] = line.heard();
  line.say({ type: "presence", users: [online("101")] });
  line.say({ type: "presence", users: [online("101")] });
  line.say({ type: "refused", id: request !== undefined && "id" in request ? request.id : "", code: "x", message: "" });
  expect(told).toEqual([[["101", true]]]);
});

const tooEarly = (request: Up | undefined, retryAfter: number) => {
  const id = request?.type === "watch" ? request.id : "";
  return { type: "refused", id, code: "rateLimited", message: "", retryAfter } as const;
};

test("[P45] [P51] a watch that is refused for now is asked again when the hub says", async () => {
  const { page, told } = watching();
  const line = await page.online();
  page.client.watch(["101"]);
  line.say(tooEarly(line.heard()[0], 2_000));
  page.clock.pass(1_999);
  expect(line.heard()).toEqual([]);
  page.clock.pass(1);
  expect(line.heard()).toMatchObject([{ type: "watch", uids: ["101"] }]);
  line.say({ type: "presence", users: [online("101")] });
  expect(told).toEqual([[["101", true]]]);
});

test("[P45] [P51] what was refused is not asked again once another list is, nor when the connection is gone", async () => {
  const { page } = watching();
  const line = await page.online();
  page.client.watch(["101"]);
  const [first] = line.heard();
  line.say(tooEarly(first, 2_000));
  page.client.watch(["102"]);
  line.say(tooEarly(first, 2_000));
  const [second] = line.heard();
  page.clock.pass(10_000);
  expect(second).toMatchObject({ uids: ["102"] });
  expect(line.heard().filter(({ type }) => type === "watch")).toEqual([]);
  line.say(tooEarly(second, 60_000));
  line.hangUp(1006);
  page.clock.pass(250);
  expect((await page.welcomed(resumed())).heard()).toMatchObject([{ uids: ["102"] }]);
});

test("[P45] more than the hub takes is a bug of the page, and loud", async () => {
  const { page } = watching();
  const line = await page.online();
  expect(() => page.client.watch(Array.from({ length: limits.watchedUsers + 1 }, (_, n) => `${n}`))).toThrow(TypeError);
  expect(line.heard()).toEqual([]);
});
