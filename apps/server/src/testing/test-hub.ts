import { join } from "node:path";
import { type MintOptions, mintToken } from "@carillon/protocol/token";
import { pino } from "pino";
import { type Config, mintingWith, readConfig } from "../config/config.ts";
import { startServer } from "../server.ts";
import { fail, temporaryPlace } from "./place.ts";
import { SocketLine, type SocketLineOptions } from "./socket-line.ts";
import { StreamLine } from "./stream-line.ts";

export const TUTORIAL_KEY = "^manks.top&swoole$";

/** The one that demo mode knows; its application is "demo". */
export const DEMO_API_SECRET = "carillon-demo-api-key-that-everybody-knows";

/** A whole hub on a free port, in this process, with a store of its own. Everything it logs is in `logs`. */
export async function startTestHub(settings: Readonly<Record<string, string>> = {}) {
  const place = await temporaryPlace();
  const config = readConfig({
    CARILLON_MODE: "demo",
    CARILLON_PORT: "0",
    CARILLON_STORE: `sqlite:${join(place.path, "carillon.db")}`,
    CARILLON_TUTORIAL_KEY: TUTORIAL_KEY,
    ...settings,
  });
  const logs: string[] = [];
  const server = await startServer(config, pino({ level: "debug" }, { write: (line) => void logs.push(line) }), fail);
  const ws = server.url.replace("http", "ws");
  const lines: { terminate(): void }[] = [];
  const open = async (url: string, options?: SocketLineOptions) => {
    const line = await SocketLine.open(url, options);
    lines.push(line);
    return line;
  };
  const stream = () => {
    const line = new StreamLine(server.url);
    lines.push(line);
    return line;
  };
  const stop = async () => {
    await server.close();
    await place.remove();
  };
  return {
    config,
    logs,
    url: server.url,
    gate: server.gate,
    census: server.census,
    token: (uid: string, more: Partial<MintOptions> = {}) => mintToken(uid, { ...keyOf(config), ...more }),
    /** A socket of the main protocol that has said nothing yet. */
    line: (options?: SocketLineOptions) => open(`${ws}/v1/socket`, options),
    /** A socket that has been welcomed. */
    async tab(uid: string, position?: unknown) {
      const line = await open(`${ws}/v1/socket`);
      await line.hello(await mintToken(uid, keyOf(config)), position);
      return line;
    },
    /** A stream that nobody has asked for yet. */
    stream,
    /** The same over either transport: something that has said nothing yet, and something that has been welcomed. */
    over: (transport: "websocket" | "stream") => {
      const line = async () => (transport === "stream" ? stream() : open(`${ws}/v1/socket`));
      const tab = async (uid: string, position?: unknown) => {
        const welcomed = await line();
        await welcomed.hello(await mintToken(uid, keyOf(config)), position);
        return welcomed;
      };
      return { line, tab };
    },
    /** A socket of the tutorial's dialect; `query` as it stands in the URL. */
    tutorial: (query: string, options?: SocketLineOptions) => open(`${ws}/${query}`, { protocols: [], ...options }),
    /** Stops while everybody is there. */
    stop,
    async close() {
      for (const line of lines) line.terminate();
      await stop();
    },
  };
}

export type TestHub = Awaited<ReturnType<typeof startTestHub>>;

function keyOf(config: Config): MintOptions {
  const [key] = config.tokenKeys;
  if (key === undefined) throw new Error("This hub has no key of its own.");
  return mintingWith(config, key);
}
