import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { eventIdOf, type Position } from "@carillon/protocol";

/** An event as it came. */
export type StreamEvent = { readonly name: string; readonly id: string | undefined; readonly data: string };

/** The other end of a stream. Frames queue, so that none can be missed; `closed` says how it ended. Frames up are posted in order. */
export class StreamLine {
  readonly closed: Promise<{ code: number; reason: string }>;
  /** Ids of the events that came, in order. */
  readonly ids: string[] = [];
  /** Whether a ping is answered; default true. */
  answersPings = true;
  status = 0;
  headers: IncomingHttpHeaders = {};
  readonly #url: string;
  readonly #frames: unknown[] = [];
  readonly #readers: ((frame: unknown) => void)[] = [];
  readonly #close: (how: { code: number; reason: string }) => void;
  #request: ClientRequest | undefined;
  #response: IncomingMessage | undefined;
  #session = "";
  #token = "";
  #ended: { closed: number } | undefined;
  #posts: Promise<unknown> = Promise.resolve();

  /** @param url of the hub */
  constructor(url: string) {
    this.#url = url;
    const { promise, resolve } = Promise.withResolvers<{ code: number; reason: string }>();
    this.closed = promise;
    this.#close = resolve;
  }

  /** Opens the stream and gives the frame that answers. `position` may be the text of a Last-Event-ID. */
  hello(token: string, position?: unknown, more: Readonly<Record<string, string>> = {}): Promise<unknown> {
    this.#token = token;
    const last = typeof position === "string" || position === undefined ? position : eventIdOf(position as Position);
    const resume = position === undefined ? {} : { "last-event-id": last };
    const headers = { authorization: `Bearer ${token}`, ...resume, ...more };
    this.#request = request(`${this.#url}/v1/stream`, { headers, agent: false });
    this.#request.on("response", (response) => this.#onResponse(response));
    this.#request.on("error", () => this.#end({ code: 1006, reason: "" }));
    this.#request.end();
    return this.next().then((frame) => {
      if (hasSession(frame)) this.#session = frame.session;
      return frame;
    });
  }

  /** Posts a string as it is, anything else as a list of one message, after what was posted before. */
  send(frame: unknown): void {
    void this.post(typeof frame === "string" ? frame : JSON.stringify([frame]));
  }

  /** Resolves with the status when the hub has answered. */
  post(body: string, { token = this.#token, session = this.#session } = {}): Promise<number> {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const posted = this.#posts.then(async () => {
      const response = await fetch(`${this.#url}/v1/stream/${session}`, { method: "POST", body, headers });
      await response.arrayBuffer();
      return response.status;
    });
    this.#posts = posted.catch(() => {});
    return posted;
  }

  /** The next frame; `{closed: code}` if there is none any more. */
  next(): Promise<unknown> {
    if (this.#frames.length > 0) return Promise.resolve(this.#frames.shift());
    if (this.#ended !== undefined) return Promise.resolve(this.#ended);
    return new Promise((resolve) => this.#readers.push(resolve));
  }

  /** Reads nothing, until `resume`. */
  pause(): void {
    this.#response?.pause();
  }

  resume(): void {
    this.#response?.resume();
  }

  async close(): Promise<void> {
    this.terminate();
    await this.closed;
  }

  terminate(): void {
    this.#request?.destroy();
    this.#end({ code: 1006, reason: "" });
  }

  #onResponse(response: IncomingMessage): void {
    this.#response = response;
    this.status = response.statusCode ?? 0;
    this.headers = response.headers;
    response.setEncoding("utf8");
    let rest = "";
    response.on("data", (text: string) => {
      const events = (rest + text).split("\n\n");
      rest = events.pop() ?? "";
      for (const event of events) this.#onEvent(eventOf(event));
    });
    response.on("error", () => {}); // `close` follows.
    response.on("close", () => this.#end({ code: 1006, reason: "" }));
  }

  #onEvent({ name, id, data }: StreamEvent): void {
    if (name === "close") return this.#end(JSON.parse(data));
    if (name === "ping") return this.answersPings ? void this.post("[]") : undefined;
    if (id !== undefined) this.ids.push(id);
    const read = this.#readers.shift();
    if (read === undefined) this.#frames.push(JSON.parse(data));
    else read(JSON.parse(data));
  }

  #end(how: { code: number; reason: string }): void {
    if (this.#ended !== undefined) return;
    this.#ended = { closed: how.code };
    for (const read of this.#readers.splice(0)) read(this.#ended);
    this.#close(how);
  }
}

function eventOf(lines: string): StreamEvent {
  const fields = new Map(lines.split("\n").map((line) => [line.split(":", 1)[0], line.replace(/^[^:]*: ?/u, "")]));
  return { name: fields.get("event") ?? "message", id: fields.get("id"), data: fields.get("data") ?? "" };
}

function hasSession(frame: unknown): frame is { session: string } {
  return typeof frame === "object" && frame !== null && "session" in frame;
}
