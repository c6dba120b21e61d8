import { ErrorReply } from "@redis/client";
import { expect, it } from "vitest";
import { InboxUnavailable } from "../hub/ports.ts";
import { unavailableFor } from "./faults.ts";

it.each([
  "LOADING Redis is loading the dataset in memory",
  "READONLY You can't write against a read only replica.",
  "UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)",
  "ERR WAIT cannot be used with replica instances.",
  "ERR WAITAOF cannot be used with replica instances.",
  "ERR WAITAOF cannot be used when numlocal is set but appendonly is disabled.",
])("%s: the store cannot serve now", (message) => {
  expect(unavailableFor(new ErrorReply(message))).toBeInstanceOf(InboxUnavailable);
});

it.each(["ERR unknown command 'WAITAOF'", "WRONGTYPE Operation against a key"])("%s: that is a bug", (message) => {
  const reply = new ErrorReply(message);
  expect(() => unavailableFor(reply)).toThrow(reply);
});
