import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isUrl, limits } from "./index.ts";

describe("a url", () => {
  test.each([
    "/",
    "/posts/1?x=1#c2",
    "/a//b",
    "/%2F/evil.example",
    "https://site.example/",
    "http://127.0.0.1:9501/a%20b",
    "https://xn--bcher-kva.example/",
  ])("[P35] %j is one", (url) => expect(isUrl(url)).toBe(true));

  test.each([
    "",
    "posts/1",
    "?x=1",
    "#c2",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/a?b=\\",
    "/./a",
    "/a/../b",
    "/.//evil.example",
    " /a",
    "/a ",
    "/a b",
    "/é",
    "/a\u0000",
    "/a\u202eb",
    "/\ud800",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "java\nscript:alert(1)",
    "\u0001javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "blob:https://site.example/1",
    "file:///etc/passwd",
    "ftp://site.example/",
    "mailto:a@site.example",
    "https:",
    "https://",
    "https:site.example",
    "https:/site.example/",
    "https:\\\\site.example/",
    "https://site.example",
    "HTTPS://site.example/",
    "https://SITE.example/",
    "https://site.example:443/",
    "https://bücher.example/",
    "https://bank.example@evil.example/",
    "https://a:b@site.example/",
    '"><img src=x onerror=alert(1)>',
    '/"><img src=x onerror=alert(1)>',
  ])("[P35] %j is none", (url) => expect(isUrl(url)).toBe(false));

  test("[P35] has at most 1,024 bytes", () => {
    expect(isUrl(`/${"a".repeat(limits.urlBytes - 1)}`)).toBe(true);
    expect(isUrl(`/${"a".repeat(limits.urlBytes)}`)).toBe(false);
  });

  test("[P35] whatever is one leads to the page's own origin or to http(s), from every page", () => {
    const sly = fc.constantFrom(
      "/",
      "\\",
      ":",
      "//",
      "javascript:",
      "https:",
      "@",
      "\t",
      ".",
      "..",
      "%2f",
      "evil.example",
      "?",
      "#",
    );
    const words = fc.oneof(
      fc.array(fc.oneof(sly, fc.string({ maxLength: 3 })), { maxLength: 8 }).map((all) => all.join("")),
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
    );
    fc.assert(
      fc.property(words, (url) => {
        fc.pre(isUrl(url));
        for (const page of ["https://app.example/inbox/1?a=b", "http://localhost:9501/"]) {
          const { href, origin, protocol } = new URL(url, page);
          expect(url.startsWith("/") ? origin : href).toBe(url.startsWith("/") ? new URL(page).origin : url);
          expect(["http:", "https:"]).toContain(protocol);
        }
      }),
      { numRuns: 200 },
    );
  });
});
