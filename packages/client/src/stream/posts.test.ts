import { limits } from "@carillon/protocol";
import { expect, test } from "vitest";
import { Queue } from "../testing/queue.ts";
import { Posts } from "./posts.ts";

/** A hub that answers when the test says so. */
function road() {
  const posted = new Queue<{ body: string; answer: (taken: boolean) => void }>();
  let failures = 0;
  const posts = new Posts({
    post: (body) => new Promise((answer) => posted.push({ body, answer })),
    onFailure: () => (failures += 1),
  });
  return { posts, posted, failures: () => failures };
}

test("[P42] what is said in one breath goes together, in order", async () => {
  const { posts, posted } = road();
  for (const frame of ["1", "2", "3"]) posts.add(frame);
  expect((await posted.next()).body).toBe("[1,2,3]");
});

test("[P42] one POST is under way, what comes meanwhile waits for its answer", async () => {
  const { posts, posted } = road();
  posts.add("1");
  const first = await posted.next();
  posts.add("2");
  posts.add("3");
  expect(posted.drain()).toEqual([]);
  first.answer(true);
  expect(first.body).toBe("1");
  expect((await posted.next()).body).toBe("[2,3]");
});

test("[P42] one POST carries no more than the hub takes", async () => {
  const { posts, posted } = road();
  const many = Array.from({ length: limits.messagesAtOnce + 1 }, (_, n) => String(n));
  for (const frame of many) posts.add(frame);
  const first = await posted.next();
  expect(JSON.parse(first.body)).toHaveLength(limits.messagesAtOnce);
  first.answer(true);
  expect((await posted.next()).body).toBe(many.at(-1));

  const large = road();
  const frame = JSON.stringify("界".repeat(3_000));
  for (let n = 0; n < 3; n++) large.posts.add(frame);
  const sizes: number[] = [];
  for (let n = 0; n < 3; n++) {
    const { body, answer } = await large.posted.next();
    sizes.push(new TextEncoder().encode(body).length);
    answer(true);
  }
  expect(sizes).toEqual([9_002, 9_002, 9_002]);
});

test("[P42] a frame of the greatest size goes alone, as it is", async () => {
  const { posts, posted } = road();
  const widest = "x".repeat(limits.frameBytes);
  posts.add(widest);
  posts.add("2");
  const first = await posted.next();
  expect(first.body).toBe(widest);
  first.answer(true);
  expect((await posted.next()).body).toBe("2");
});

test("[P42] after one that was not taken nothing goes out any more", async () => {
  const { posts, posted, failures } = road();
  posts.add("1");
  const first = await posted.next();
  posts.add("2");
  first.answer(false);
  await expect.poll(failures).toBe(1);
  posts.add("3");
  await Promise.resolve();
  expect(posted.drain()).toEqual([]);
});

test("[P42] what waits is bounded", async () => {
  const { posts, posted, failures } = road();
  posts.add("1");
  await posted.next();
  for (let n = 0; n < 1_000; n++) posts.add("2");
  expect(failures()).toBe(0);
  posts.add("2");
  expect(failures()).toBe(1);
});
