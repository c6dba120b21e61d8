import { describe, expect, it } from "vitest";
import { type Place, placeOf, urlOf } from "./place.ts";

const plain = { tls: false, login: "" };

describe("what a URL says of a Redis", () => {
  it.each<readonly [url: string, place: Place]>([
    ["redis://a", { topology: "server", url: "redis://a" }],
    ["rediss://u:p@a:1/2", { topology: "server", url: "rediss://u:p@a:1/2" }],
    ["redis+cluster://a:1", { topology: "cluster", seeds: [{ host: "a", port: 1 }], ...plain }],
    [
      "rediss+cluster://u:p%2F@a,b:2,[::1]:80/",
      {
        topology: "cluster",
        seeds: [
          { host: "a", port: 6379 },
          { host: "b", port: 2 },
          { host: "::1", port: 80 },
        ],
        tls: true,
        login: "u:p%2F@",
      },
    ],
    [
      "redis+sentinel://a,b:2/logs/3",
      {
        topology: "sentinel",
        sentinels: [
          { host: "a", port: 26_379 },
          { host: "b", port: 2 },
        ],
        name: "logs",
        database: "3",
        ...plain,
      },
    ],
  ])("%s", (url, place) => expect(placeOf(url)).toEqual(place));

  it.each([
    "",
    "redis",
    "redis://",
    "http://a",
    "redis+cluster://",
    "redis+cluster://a,",
    "redis+cluster://a/1",
    "redis+cluster://a:x",
    "redis+cluster://a?b",
    "redis+sentinel://a",
    "redis+sentinel://a/logs/x",
    "redis+sentinel://a/logs/1/2",
    "redis+others://a",
  ])("is refused without being repeated: %j", (url) => expect(() => placeOf(url)).toThrow(/^must be redis:/u));

  it("the URL of one of its servers is entered in the same way", () => {
    const login = { tls: true, login: "u:p@" };
    expect(urlOf(login, { host: "::1", port: 1 })).toBe("rediss://u:p@[::1]:1");
    expect(urlOf(plain, { host: "a", port: 2 }, "3")).toBe("redis://a:2/3");
  });
});
