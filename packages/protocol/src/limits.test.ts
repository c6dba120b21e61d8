import { describe, expect, test } from "vitest";
import { limits } from "./index.ts";
import { numberAfter, ruleOf, tableOf } from "./testing/contract.ts";

describe("the contract and the limits say the same numbers", () => {
  const strings = [
    ["uid", limits.uidBytes],
    ["text", limits.textLength],
    ["thread", limits.threadLength],
    ["url", limits.urlBytes],
    ["id of a draft", limits.idLength],
  ] as const;

  test.each(strings)("[P5] a %s ends at %i", (name, limit) => {
    const [, bounds = ""] = tableOf("string", "bounds").find(([string]) => string === name) ?? [];
    expect(numberAfter(/^1 to /, bounds)).toBe(limit);
  });

  test("[P5] there is a limit for every string of the table", () => {
    expect(tableOf("string", "bounds").map(([name]) => name)).toEqual(strings.map(([name]) => name));
  });

  test("[P2] bytes of a frame", () => {
    expect(numberAfter(/at most /, ruleOf("P2"))).toBe(limits.frameBytes);
  });

  test("[P8] entries of a resume, items of a snapshot", () => {
    expect(numberAfter(/at most /, ruleOf("P8"))).toBe(limits.recoveryEntries);
    expect(numberAfter(/newest (?=\d+ notifications)/, ruleOf("P8"))).toBe(limits.snapshotItems);
    expect(numberAfter(/newest (?=\d+ sent)/, ruleOf("P8"))).toBe(limits.snapshotItems);
  });

  test("[P16] characters of a token and of its name, uids to which it may send", () => {
    expect(numberAfter(/at most /, ruleOf("P16"))).toBe(limits.tokenLength);
    const boundsOf = (claim: string) =>
      tableOf("claim", "what it has to be").find(([cell]) => cell === claim)?.[1] ?? "";
    expect(numberAfter(/1 to /, boundsOf("`jti`"))).toBe(limits.tokenIdLength);
    expect(numberAfter(/at most /, boundsOf("`send_to`"))).toBe(limits.sendTo);
  });

  test("[P22] drafts of a batch", () => {
    expect(numberAfter(/up to /, ruleOf("P22"))).toBe(limits.draftsAtOnce);
  });

  test("[P23] notifications of a mark", () => {
    expect(numberAfter(/\{seqs\}` \(1 to /, ruleOf("P23"))).toBe(limits.markedAtOnce);
  });

  test("[P11] bytes of a draft", () => {
    const [, when = ""] = tableOf("code", "when").find(([code]) => code === "`draftTooLarge`") ?? [];
    expect(numberAfter(/more than /, when)).toBe(limits.draftBytes);
  });

  test("[P36] [P38] bytes and levels of data, seconds to live", () => {
    expect(numberAfter(/at most /, ruleOf("P36"))).toBe(limits.dataBytes);
    expect(numberAfter(/bytes and /, ruleOf("P36"))).toBe(limits.dataDepth);
    expect(numberAfter(/seconds, 1 to /, ruleOf("P38"))).toBe(limits.ttlSeconds);
  });

  test("[P42] messages and bytes of a POST", () => {
    expect(numberAfter(/list of up to /, ruleOf("P42"))).toBe(limits.messagesAtOnce);
    expect(numberAfter(/at most /, ruleOf("P42"))).toBe(limits.frameBytes);
  });

  test("[P27] items of a page", () => {
    expect(numberAfter(/\(1 to /, ruleOf("P27"))).toBe(limits.pageItems);
  });

  test("[P45] users that a connection watches", () => {
    expect(numberAfter(/up to /, ruleOf("P45"))).toBe(limits.watchedUsers);
  });

  test("[P53] [P54] [P56] notifications put off at once, mutes of a user, threads that a connection attends", () => {
    expect(numberAfter(/`seqs`: 1 to /, ruleOf("P53"))).toBe(limits.markedAtOnce);
    expect(numberAfter(/at most /, ruleOf("P54"))).toBe(limits.mutes);
    expect(numberAfter(/threads \(0 to /, ruleOf("P56"))).toBe(limits.attendedThreads);
  });
});
