import { eventIdOf, limits } from "@carillon/protocol";
import type { Dice } from "../../faults/random.ts";
import { type Headers, request as httpRequest, type RequestOptions } from "../raw/http.ts";
import { type Message, request } from "./messages.ts";
import type { World } from "./world.ts";
import { mutatedBytes, mutatedField, mutatedJson } from "./mutations.ts";
import { badHeader } from "./openings.ts";
import { LAST_QUESTION } from "./packets.ts";
import { hostileText, hostileValue } from "./values.ts";

/** Stands where the name of the session will: it has as many letters. */
export const SESSION_NAME = "session-name";

/** The bytes that ask for a stream of somebody's, as they should be or not. */
export function streamOpening(chance: Dice, token: string, world: World, isBad: boolean): Buffer {
  const last = chance.below(3) === 0 ? positionIn(chance, world) : undefined;
  const proper: RequestOptions = { target: "/v1/stream", headers: [...bearer(token), ["Last-Event-ID", last]] };
  if (!isBad) return httpRequest(proper);
  const also = (...headers: Headers) => httpRequest({ ...proper, headers: [...bearer(token), ...headers] });
  return chance.oneOf<() => Buffer>([
    () => mutatedBytes(chance, httpRequest(proper)),
    () => also(["Last-Event-ID", hostileText(chance)]),
    () => also(["Last-Event-ID", `${world.epoch}:${chance.oneOf(["", "-1", "1e9", "9".repeat(40)])}`]),
    () => also(["Origin", chance.oneOf(["null", "https://evil.example", hostileText(chance)])]),
    () => also(badHeader(chance)),
    () => httpRequest({ ...proper, headers: bearer(mutatedBytes(chance, Buffer.from(token)).toString("latin1")) }),
    () => httpRequest({ ...proper, target: `/v1/stream?token=${token}`, headers: [] }),
  ])();
}

/** One POST with messages of the same user. */
export function posted(chance: Dice, token: string, world: World): Buffer {
  const messages = Array.from({ length: chance.below(4) }, () => request(chance, world));
  const [first] = messages;
  const body = JSON.stringify(chance.below(4) === 0 && first !== undefined ? first : messages);
  return post(token, Buffer.byteLength(body) > limits.frameBytes ? "[]" : body);
}

export function lastPost(token: string): Buffer {
  return post(token, LAST_QUESTION);
}

/** What no client posts: to another's stream, with another's token, too much, or what is no list of messages. */
export function badPost(chance: Dice, token: string, world: World): Buffer {
  const message = request(chance, world);
  const json = JSON.stringify([message]);
  const many = (count: number): readonly Message[] => Array.from({ length: count }, () => ({ type: "ping" }));
  return chance.oneOf<() => Buffer>([
    () => post(token, JSON.stringify([mutatedField(chance, message)])),
    () => post(token, mutatedJson(chance, json)),
    () => post(token, JSON.stringify(hostileValue(chance))),
    () => post(token, JSON.stringify(many(limits.messagesAtOnce + chance.below(3)))),
    () => post(token, `[${json.padEnd(limits.frameBytes + chance.below(3))}]`),
    () => post(chance.oneOf(world.users).token, json),
    () => post(token, json, { target: `/v1/stream/${encodeURIComponent(hostileText(chance).toWellFormed())}` }),
    () => post(token, json, { headers: [["Content-Type", chance.oneOf(["text/plain", "", "application/json; x"])]] }),
    () => post(token, json, { headers: [badHeader(chance)] }),
    () => mutatedBytes(chance, post(token, json)),
  ])();
}

function post(token: string, body: string, { headers = [], ...rest }: RequestOptions = {}): Buffer {
  const standing: Headers = [
    ...bearer(token),
    ["Content-Type", "application/json"],
    ["Content-Length", String(Buffer.byteLength(body))],
  ];
  return httpRequest({
    method: "POST",
    target: `/v1/stream/${SESSION_NAME}`,
    headers: [...standing, ...headers],
    body,
    ...rest,
  });
}

function bearer(token: string): Headers {
  return [["Authorization", `Bearer ${token}`]];
}

function positionIn(chance: Dice, { epoch }: World): string {
  return eventIdOf({ epoch: chance.oneOf([epoch, epoch, "another"]), seq: chance.below(10_000) });
}
