import { decodeDown, decodeUp, eventIdOf, type Position } from "@carillon/protocol";
import type { ClientSocket, SocketEvents, SocketFactory } from "../socket.ts";
import { EventParser, type StreamEvent } from "./event-parser.ts";
import { Posts } from "./posts.ts";

/** A socket for networks that break WebSockets: frames come down as events of one response, and go up by POST (P40 to P43). */
export const eventStream: SocketFactory = (url, events) => new EventStream(streamUrl(url), events);

/** Beside the hub's socket: `wss://hub.example/v1/socket` has `https://hub.example/v1/stream`. */
function streamUrl(socketUrl: string): string {
  return new URL("stream", socketUrl).href.replace(/^ws/u, "http");
}

class EventStream implements ClientSocket {
  readonly #url: string;
  readonly #events: SocketEvents;
  readonly #ending = new AbortController();
  readonly #posts = new Posts({ post: (body) => this.#post(body), onFailure: () => this.#end() });
  #token: string | undefined;
  /** Renews the other one, if the hub says so. */
  #newToken: string | undefined;
  #session: string | undefined;
  #isClosed = false;

  constructor(url: string, events: SocketEvents) {
    this.#url = url;
    this.#events = events;
    this.#tell(events.onOpen); // A request can be made at any time.
  }

  /** `hello` opens the stream; what follows belongs to it. */
  send(frame: string): void {
    const decoded = decodeUp(frame);
    if (!decoded.ok) throw new Error(`Not a frame: ${decoded.reason}`);
    const { message } = decoded;
    if (message.type === "hello") this.#token = message.token;
    if (message.type === "renew") this.#newToken = message.token;
    if (message.type === "hello") void this.#listen(message.position);
    else this.#posts.add(frame);
  }

  close(): void {
    this.#isClosed = true;
    this.#ending.abort();
  }

  async #listen(position: Position | undefined): Promise<void> {
    const resume = position === undefined ? {} : { "last-event-id": eventIdOf(position) };
    try {
      const response = await this.#fetch(this.#url, { headers: { ...this.#authorization(), ...resume } });
      const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") ?? false;
      if (!isStream || response.body === null) return this.#end(); // Somebody else answered.
      await this.#read(response.body.getReader());
    } catch {
      // Cut, refused, or closed by us; `end` tells.
    }
    this.#end();
  }

  async #read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    const parser = new EventParser();
    for (let part = await reader.read(); !part.done; part = await reader.read())
      for (const event of parser.push(decoder.decode(part.value, { stream: true }))) this.#onEvent(event);
  }

  #onEvent({ name, data }: StreamEvent): void {
    if (name === "close") return this.#onHangUp(data);
    if (name === "ping") return this.#posts.add(JSON.stringify({ type: "ping" })); // P43
    if (name !== "message") return;
    if (this.#session === undefined || this.#newToken !== undefined) this.#heed(data);
    this.#tell(() => this.#events.onFrame(data));
  }

  /** What the POSTs need to know of a frame. */
  #heed(frame: string): void {
    const decoded = decodeDown(frame);
    if (!decoded.ok) return;
    const { message } = decoded;
    if (message.type === "welcome") this.#session = message.session;
    if (message.type !== "renewed") return;
    this.#token = this.#newToken;
    this.#newToken = undefined;
  }

  #onHangUp(data: string): void {
    const close: unknown = JSON.parse(data);
    if (isClose(close)) this.#end(close.code, close.reason);
  }

  async #post(body: string): Promise<boolean> {
    const timer = setTimeout(() => this.#end(), TAKEN_MS);
    const headers = { ...this.#authorization(), "content-type": "application/json" };
    const url = `${this.#url}/${this.#session}`;
    const { ok } = await this.#fetch(url, { method: "POST", body, headers }).finally(() => clearTimeout(timer));
    return ok;
  }

  #fetch(url: string, request: RequestInit): Promise<Response> {
    return fetch(url, { ...request, cache: "no-store", signal: this.#ending.signal });
  }

  #authorization(): Record<string, string> {
    return { authorization: `Bearer ${this.#token}` };
  }

  /** Told once. Without the hub's own code, it is as if a WebSocket was cut. */
  #end(code = 1006, reason = ""): void {
    if (this.#ending.signal.aborted) return;
    this.#ending.abort();
    this.#tell(() => this.#events.onClose(code, reason));
  }

  /** In a turn of its own: what an application throws is no fault of the stream's. */
  #tell(call: () => void): void {
    queueMicrotask(() => {
      if (!this.#isClosed) call();
    });
  }
}

/** Milliseconds after which a POST that nobody answered is taken for lost, and the stream with it. */
const TAKEN_MS = 8_000;

function isClose(value: unknown): value is { readonly code: number; readonly reason: string } {
  return (
    typeof value === "object" &&
    value !== null &&
    "code" in value &&
    typeof value.code === "number" &&
    "reason" in value &&
    typeof value.reason === "string"
  );
}
