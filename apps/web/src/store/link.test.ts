import { expect, test } from "vitest";
import { linkOf } from "./link.ts";

const notification = { kind: "notification", seq: 1, at: 1, id: "a", from: "100", text: "Look." } as const;

test("[P35] a notification leads where a plain link may lead, and nowhere else", () => {
  expect(linkOf(notification)).toBeUndefined();
  expect(linkOf({ ...notification, url: "/posts/1" })).toBe("/posts/1");
  expect(linkOf({ ...notification, url: "https://site.example/" })).toBe("https://site.example/");
  for (const url of ["javascript:alert(1)", "data:text/html,x", "//evil.example", "/\\evil.example"])
    expect(linkOf({ ...notification, url })).toBeUndefined();
});
