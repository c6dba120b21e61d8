import { parseApiKeys } from "./api-keys.ts";
import { readPem } from "./pem.ts";
import { parseKeySetUrl } from "./key-set-url.ts";
import { list, nonEmpty, oneOf, wholeNumber } from "./parsers.ts";
import type { Setting } from "./setting.ts";
import { parsePrefix, parseStoreUrl } from "./store-url.ts";
import { parseTokenKeys } from "./token-keys.ts";
import { parseTrustedProxies } from "./trusted-proxies.ts";

/** Everything that an operator can set, group by group, in the order in which `--help` shows it. */
export const SETTINGS = {
  mode: {
    group: "server",
    name: "CARILLON_MODE",
    help: "production, or demo: anybody may be anybody, and tokens are signed with a key that everybody knows.",
    default: "production",
    parse: oneOf("production", "demo"),
  },
  host: {
    group: "server",
    name: "CARILLON_HOST",
    help: "Address to listen on.",
    default: "127.0.0.1",
    parse: nonEmpty,
  },
  port: {
    group: "server",
    name: "CARILLON_PORT",
    help: "Port to listen on.",
    default: "9501",
    parse: wholeNumber(0, 65_535),
  },
  origins: {
    group: "server",
    name: "CARILLON_ORIGINS",
    help: "Origins whose pages may connect, with commas between them, beside the hub's own; * is everybody.",
    default: "",
    parse: origins,
  },
  trustedProxies: {
    group: "server",
    name: "CARILLON_TRUSTED_PROXIES",
    help: "Reverse proxies whose X-Forwarded-For says where a client is: addresses or networks with commas between them.",
    default: "",
    parse: parseTrustedProxies,
  },
  drainSeconds: {
    group: "server",
    name: "CARILLON_DRAIN_SECONDS",
    help: "Seconds in which the hub ends after SIGTERM: half of them to send connections away one after the other.",
    default: "10",
    parse: wholeNumber(1, 3_600),
  },
  logLevel: {
    group: "server",
    name: "CARILLON_LOG_LEVEL",
    help: "fatal, error, warn, info, debug or silent.",
    default: "info",
    parse: oneOf("fatal", "error", "warn", "info", "debug", "silent"),
  },
  metricsKey: {
    group: "server",
    name: "CARILLON_METRICS_KEY",
    help: "What Prometheus has to send as its bearer token to read /metrics. Without it, whoever reaches the port can.",
    secret: true,
    parse: nonEmpty,
  },
  tokenKeys: {
    group: "tokens",
    name: "CARILLON_TOKEN_KEYS",
    help: "Keys that tokens are signed with (HS256): kid:secret, several with commas between them; the first one signs, and is meant by a token without kid; all verify. Not needed with CARILLON_TOKEN_JWKS_URL.",
    secret: true,
    parse: parseTokenKeys,
  },
  keySetUrl: {
    group: "tokens",
    name: "CARILLON_TOKEN_JWKS_URL",
    help: "Where an identity provider publishes its keys (JWKS), for tokens that it signs (RS256, PS256, ES256, EdDSA); https, or http on this machine.",
    parse: parseKeySetUrl,
  },
  issuers: {
    group: "tokens",
    name: "CARILLON_TOKEN_ISSUER",
    help: "The iss that a token must carry; one of several, with commas between them. None: it is not looked at.",
    default: "",
    parse: list,
  },
  audience: {
    group: "tokens",
    name: "CARILLON_TOKEN_AUDIENCE",
    help: "The aud that a token must carry.",
    default: "carillon",
    parse: nonEmpty,
  },
  apiKeys: {
    group: "api",
    name: "CARILLON_API_KEYS",
    help: "Switches the HTTP API for backends on: name:secret, several with commas between them; two secrets of one name during a change.",
    secret: true,
    parse: parseApiKeys,
  },
  apiRate: {
    group: "api",
    name: "CARILLON_API_RATE",
    help: "Requests a minute that one API key may make.",
    default: "6000",
    parse: wholeNumber(1, 10_000_000),
  },
  store: {
    group: "store",
    name: "CARILLON_STORE",
    help: "Where the logs are kept: sqlite:FILE, for one hub; or, for any number of them, redis://HOST:PORT, redis+cluster://HOST:PORT,HOST:PORT (some nodes of a cluster) or redis+sentinel://HOST:PORT,HOST:PORT/NAME (what Sentinels call the master). With TLS: rediss. USER:PASSWORD@ before the first HOST.",
    default: "sqlite:./data/carillon.db",
    parse: parseStoreUrl,
  },
  keepEntries: {
    group: "store",
    name: "CARILLON_KEEP_ENTRIES",
    help: "Entries that a user's log holds, give or take a tenth; the oldest are given up.",
    default: "10000",
    parse: wholeNumber(100, 10_000_000),
  },
  keepApplicationEntries: {
    group: "store",
    name: "CARILLON_KEEP_APPLICATION_ENTRIES",
    help: "Entries that the log of an application holds, which sends through the API without naming an author.",
    default: "1000000",
    parse: wholeNumber(100, 100_000_000),
  },
  keepDays: {
    group: "store",
    name: "CARILLON_KEEP_DAYS",
    help: "Days that an entry is held.",
    default: "400",
    parse: wholeNumber(1, 100_000),
  },
  redisPassword: {
    group: "redis",
    name: "CARILLON_REDIS_PASSWORD",
    help: "The password, where it does not stand in CARILLON_STORE.",
    secret: true,
    parse: nonEmpty,
  },
  redisSentinelPassword: {
    group: "redis",
    name: "CARILLON_REDIS_SENTINEL_PASSWORD",
    help: "The password of the Sentinels, where they want one; the one in CARILLON_STORE is for the servers.",
    secret: true,
    parse: nonEmpty,
  },
  redisCa: {
    group: "redis",
    name: "CARILLON_REDIS_CA",
    help: "A file with the certificates of the authorities (PEM) that may sign Redis's certificate, where those that Node trusts may not.",
    parse: readPem,
  },
  redisPrefix: {
    group: "redis",
    name: "CARILLON_REDIS_PREFIX",
    help: "What every key begins with. Deployments with different ones know nothing of each other.",
    default: "carillon",
    parse: parsePrefix,
  },
  redisDurability: {
    group: "redis",
    name: "CARILLON_REDIS_DURABILITY",
    help: "What an answer promises: memory (Redis has it), everysec (on its disk within two seconds), always (on its disk) or replicated (CARILLON_REDIS_REPLICAS have it, too; on their disks, where Redis is set to fsync each write and has WAITAOF). Redis has to be set for it; the hub warns if it is not.",
    default: "everysec",
    parse: oneOf("memory", "everysec", "always", "replicated"),
  },
  redisReplicas: {
    group: "redis",
    name: "CARILLON_REDIS_REPLICAS",
    help: "Replicas that must have what is answered, with CARILLON_REDIS_DURABILITY=replicated.",
    default: "1",
    parse: wholeNumber(1, 100),
  },
  redisPatience: {
    group: "redis",
    name: "CARILLON_REDIS_TIMEOUT_MS",
    help: "Milliseconds that Redis may take to answer; then what was asked is refused, and the connection begun anew.",
    default: "2000",
    parse: wholeNumber(100, 60_000),
  },
  connections: {
    group: "connections",
    name: "CARILLON_CONNECTIONS",
    help: "all: every connection of a user rings. latest: a new one replaces the older ones.",
    default: "all",
    parse: oneOf("all", "latest"),
  },
  pingInterval: {
    group: "connections",
    name: "CARILLON_PING_INTERVAL",
    help: "Seconds of silence after which the hub pings.",
    default: "25",
    parse: wholeNumber(1, 3_600),
  },
  pingAnswer: {
    group: "connections",
    name: "CARILLON_PING_ANSWER",
    help: "Seconds that an answer to a ping may take.",
    default: "8",
    parse: wholeNumber(1, 3_600),
  },
  connectionsPerUser: {
    group: "limits",
    name: "CARILLON_CONNECTIONS_PER_USER",
    help: "Connections that one user may have, on all hubs that share a store; one more is closed with 4006.",
    default: "50",
    parse: wholeNumber(1, 1_000_000),
  },
  connectionsPerAddress: {
    group: "limits",
    name: "CARILLON_CONNECTIONS_PER_ADDRESS",
    help: "Connections that one address (of IPv6, one /64) may have; one more is answered 429.",
    default: "1000",
    parse: wholeNumber(1, 1_000_000),
  },
  strangersPerAddress: {
    group: "limits",
    name: "CARILLON_UNAUTHENTICATED_PER_ADDRESS",
    help: "Connections of one address that have not said who they are; one more is answered 429.",
    default: "100",
    parse: wholeNumber(1, 1_000_000),
  },
  connectionsPerProcess: {
    group: "limits",
    name: "CARILLON_CONNECTIONS_PER_PROCESS",
    help: "Connections that the hub may have; one more is answered 503.",
    default: "20000",
    parse: wholeNumber(1, 1_000_000),
  },
  sendsAtOnce: {
    group: "limits",
    name: "CARILLON_SENDS_AT_ONCE",
    help: "Drafts, edits and retractions that one user may submit at once; more are refused with the time to wait.",
    default: "100",
    parse: wholeNumber(1, 1_000_000),
  },
  sendsPerSecond: {
    group: "limits",
    name: "CARILLON_SENDS_PER_SECOND",
    help: "Drafts, edits and retractions that one user may submit each second from then on; 0 is as many as one likes.",
    default: "20",
    parse: wholeNumber(0, 1_000_000),
  },
  tutorialKey: {
    group: "tutorial",
    name: "CARILLON_TUTORIAL_KEY",
    help: "Switches the tutorial's dialect on: the key that its md5 tokens are made with. They never expire.",
    secret: true,
    parse: nonEmpty,
  },
  tutorialPingInterval: {
    group: "tutorial",
    name: "CARILLON_TUTORIAL_PING_INTERVAL",
    help: "As CARILLON_PING_INTERVAL, for connections of the tutorial's dialect.",
    default: "60",
    parse: wholeNumber(1, 3_600),
  },
  tutorialPingAnswer: {
    group: "tutorial",
    name: "CARILLON_TUTORIAL_PING_ANSWER",
    help: "As CARILLON_PING_ANSWER, for connections of the tutorial's dialect: 60 + 65 are its 125 seconds.",
    default: "65",
    parse: wholeNumber(1, 3_600),
  },
} as const satisfies Record<string, Setting<unknown>>;

function origins(value: string): readonly string[] {
  const all = list(value);
  const wrong = all.find((origin) => origin !== "*" && URL.parse(origin)?.origin !== origin);
  if (wrong !== undefined) throw new Error(`holds ${wrong}, which is not an origin such as https://site.example.`);
  return all;
}
