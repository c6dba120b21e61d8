import { expect, it } from "vitest";
import { Backlog } from "./backlog.ts";

function peersOn(backlog: Backlog) {
  const gone: string[] = [];
  const peer = (name: string) => {
    const each = {
      giveUp: () => {
        gone.push(name);
        backlog.note(each, 0);
      },
    };
    return each;
  };
  return { gone, peer };
}

it("[P30] past the limit of all, the slowest goes, whoever was sent to last", () => {
  const backlog = new Backlog(100);
  const { gone, peer } = peersOn(backlog);
  const [a, b, c] = [peer("a"), peer("b"), peer("c")];
  backlog.note(a, 30);
  backlog.note(b, 60);
  backlog.note(a, 40);
  expect([gone, backlog.total]).toEqual([[], 100]);
  backlog.note(c, 1);
  expect([gone, backlog.total]).toEqual([["b"], 41]);
});

it("[P30] one after the other goes until the rest fits", () => {
  const backlog = new Backlog(10);
  const { gone, peer } = peersOn(backlog);
  for (const name of ["a", "b", "c"]) backlog.note(peer(name), 3);
  backlog.note(peer("d"), 30);
  expect([gone, backlog.total]).toEqual([["d"], 9]);
  const e = peer("e");
  backlog.note(e, 1);
  backlog.note(e, 0);
  expect(backlog.total).toBe(9);
});
