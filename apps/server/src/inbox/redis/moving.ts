import { nanoid } from "nanoid";
import type { Seq } from "@carillon/protocol";
import { isOwn } from "../../hub/own.ts";
import type { Revocation } from "../../hub/ports.ts";
import { ALL_PARTITIONS, Keys } from "../../redis/keys.ts";
import type { Link, RedisAccess } from "../../redis/link.ts";
import { linkTo } from "../../redis/link-to.ts";
import { GONE } from "../flags.ts";
import { type MovedLog, type MovedRow, type MovingTarget, ROWS_AT_ONCE } from "../moving.ts";
import { REF_LENGTH } from "./changes/append.ts";
import { noteDue } from "./notes.ts";
import { revoke, TOLERANCE_MS } from "./revoked.ts";
import { type Row, rowsOf } from "./rows.ts";
import { loadLibrary, Store } from "./store.ts";
import { usersAfter } from "./users.ts";

export type RedisMovingOptions = RedisAccess & { readonly prefix: string; readonly patience: number };

/** Why a Redis cannot be moved from or to; for the operator. */
export class NotMovable extends Error {
  override readonly name = "NotMovable";
}

/** A Redis that no hub uses, as one end of a move. */
export class RedisMoving implements MovingTarget {
  readonly #link: Link;
  readonly #store: Store;

  private constructor(link: Link, prefix: string) {
    this.#link = link;
    this.#store = new Store({ send: link.send, keys: new Keys(prefix), bounds: { user: 0, application: 0 } });
  }

  static async open({ prefix, ...access }: RedisMovingOptions): Promise<RedisMoving> {
    const link = linkTo({ ...access, prepare: loadLibrary });
    await link.open();
    return new RedisMoving(link, prefix);
  }

  /** From now on no hub begins here; if one is here already, or this was to be empty and is not, it rejects. */
  async reserve(as: "source" | "target"): Promise<void> {
    const { send, keys } = this.#store;
    const before = await send<string | null>(["GET", keys.moving()]);
    if (before === "target" && as === "source")
      throw new NotMovable("This Redis holds one half of a move that broke off. Repeat that move, or delete its keys.");
    if (as === "target" && before !== "target" && (await this.#isUsed()))
      throw new NotMovable("This Redis holds an installation already. Name another prefix, or delete its keys.");
    await send(["SET", keys.moving(), as]);
    if (await this.#isHeard()) {
      if (before === null) await this.release();
      throw new NotMovable("A hub uses this Redis. Stop it first.");
    }
    if (as === "target") await this.#clear();
  }

  async release(): Promise<void> {
    await this.#store.send(["DEL", this.#store.keys.moving()]);
  }

  close(): void {
    this.#link.close();
  }

  async users(after: string): Promise<readonly string[]> {
    const uids = await usersAfter(this.#store, after);
    const users = uids.filter((uid) => !isOwn(uid));
    const last = uids.at(-1);
    return users.length > 0 || last === undefined ? users : this.users(last);
  }

  async log(uid: string): Promise<MovedLog> {
    const { send, keys } = this.#store;
    const fields = ["head", "acked", "unseen", "unread", "floor", "quietSince", "quietUntil"];
    const [user, mutes] = await Promise.all([
      send<readonly (string | null)[]>(["HMGET", `${keys.user(uid)}:user`, ...fields]),
      send<readonly (readonly [string, number])[]>(["ZRANGE", `${keys.user(uid)}:mutes`, "0", "-1", "WITHSCORES"]),
    ]);
    const [head = 0, acked = 0, unseen = 0, unread = 0, floor = 0] = user.map(Number);
    const [since, until] = user.slice(5);
    const quiet = since && until ? { since: Number(since), until: Number(until) } : undefined;
    return { head, acked, unseen, unread, floor, mutes: mutes.map(muteOf), quiet };
  }

  async rows(uid: string, after: Seq): Promise<readonly MovedRow[]> {
    const { head, floor } = await this.log(uid);
    const first = Math.max(after, floor) + 1;
    const last = Math.min(head, first + ROWS_AT_ONCE - 1);
    if (first > last) return [];
    const seqs = Array.from({ length: last - first + 1 }, (_, n) => String(first + n));
    const rows = await this.#rowsAt(uid, seqs);
    return Promise.all(rows.map((row) => this.#movedFrom(uid, floor, row)));
  }

  async revocations(): Promise<readonly Revocation[]> {
    const { send, keys } = this.#store;
    const found = await this.#keysLike(keys.everyRevocation);
    return Promise.all(
      found.map(async (key): Promise<Revocation> => {
        const whose = keys.revokedIn(key);
        if ("uid" in whose) return { of: "user", uid: whose.uid, until: Number(await send<string>(["GET", key])) };
        const end = await send<number>(["PEXPIRETIME", key]);
        return { of: "token", tokenId: whose.tokenId, expiresAt: end < 0 ? undefined : end - TOLERANCE_MS };
      }),
    );
  }

  /** Whoever has a log is listed, and listed first. */
  async begin(uid: string): Promise<void> {
    await this.#store.list(uid);
  }

  async write(uid: string, rows: readonly MovedRow[]): Promise<void> {
    const args = rows.flatMap((row) => [row.seq, row.flags, JSON.stringify(bodyOf(row))]);
    await this.#store.call("FCALL", "adopt", this.#store.keys.user(uid), args);
  }

  async finish(uid: string, { head, acked, unseen, unread, floor, mutes, quiet }: MovedLog): Promise<void> {
    const times = [quiet?.since ?? "", quiet?.until ?? ""];
    const muted = mutes.flatMap(({ what, name, seq }) => [seq, `${what}:${name}`]);
    const args = [nanoid(), ...times, head, acked, unseen, unread, floor, ...muted];
    const due = await this.#store.call<string>("FCALL", "adopted", this.#store.keys.user(uid), args);
    if (due !== "") await noteDue(this.#store, uid, Number(due));
  }

  async revoke(revocations: readonly Revocation[]): Promise<void> {
    for (const revocation of revocations) await revoke(this.#store, revocation);
  }

  async #movedFrom(uid: string, floor: Seq, { seq, flags, body }: Row): Promise<MovedRow> {
    const { kind, ref, digest, edits = [], data, ...rest } = body;
    const said: Said = { ...rest, ...(data !== undefined && { data: JSON.parse(data) as unknown }) };
    if (kind !== "sent" && kind !== "notification") return { seq, kind, flags, body: said };
    const { id = "", to = "", from = "" } = said;
    const its = edits.filter((edit) => edit > floor && (flags & GONE) === 0);
    const common = { seq, kind, flags, body: said, edits: its.length === 0 ? undefined : its };
    if (kind === "sent") {
      const other = await this.#rowNamed(to, "received", `${id}:${uid}`);
      return { ...common, digest, there: other?.body.ref === ref ? (other?.seq ?? 0) : 0 };
    }
    const other = ref === undefined || ref === "" ? undefined : await this.#rowNamed(from, "drafts", id);
    return { ...common, digest: other?.body.ref === ref ? other?.body.digest : undefined };
  }

  async #rowNamed(uid: string, index: "received" | "drafts", name: string): Promise<Row | undefined> {
    const seq = await this.#store.send<string | null>(["HGET", `${this.#store.keys.user(uid)}:${index}`, name]);
    return seq === null ? undefined : (await this.#rowsAt(uid, [seq]))[0];
  }

  async #rowsAt(uid: string, seqs: readonly string[]): Promise<readonly Row[]> {
    const key = `${this.#store.keys.user(uid)}:log`;
    const raw = await this.#store.send<readonly (string | null)[]>(["HMGET", key, ...seqs]);
    return rowsOf(seqs.flatMap((seq, n) => (typeof raw[n] === "string" ? [seq, raw[n]] : [])));
  }

  async #isHeard(): Promise<boolean> {
    const { send, keys } = this.#store;
    const bells = ALL_PARTITIONS.map((n) => send<Subscribers>(["PUBSUB", "SHARDNUMSUB", keys.bell(n)]));
    return (await Promise.all(bells)).some((each) => Number(Object.values(each).at(-1)) > 0);
  }

  async #isUsed(): Promise<boolean> {
    return (await this.#keysLike(this.#store.keys.every)).length > 0;
  }

  /** What a move that broke off has left. */
  async #clear(): Promise<void> {
    const { send, keys } = this.#store;
    const found = await this.#keysLike(keys.every);
    await Promise.all(found.filter((key) => key !== keys.moving()).map((key) => send(["UNLINK", key])));
  }

  async #keysLike(pattern: string): Promise<readonly string[]> {
    const found = new Set<string>();
    for (const send of this.#link.each())
      for (let cursor = "0", isFirst = true; isFirst || cursor !== "0"; isFirst = false) {
        const [next, keys] = await send<[string, string[]]>(["SCAN", cursor, "MATCH", pattern, "COUNT", "1000"]);
        for (const key of keys) found.add(key);
        cursor = next;
      }
    return [...found];
  }
}

/** What of any entry leads to its other end. */
type Said = Readonly<Record<string, unknown>> & { readonly id?: string; readonly to?: string; readonly from?: string };
type Subscribers = Readonly<Record<string, number>> | readonly (string | number)[];

/** As the functions keep it: see rows.ts. */
function bodyOf({ kind, body: { data, ...body }, digest, edits }: MovedRow): object {
  const kept = kind === "sent" || kind === "notification" ? { ref: digest?.slice(0, REF_LENGTH) ?? "", edits } : {};
  return {
    kind,
    ...body,
    ...(data !== undefined && { data: JSON.stringify(data) }),
    ...kept,
    ...(kind === "sent" && { digest }),
  };
}

function muteOf([member, seq]: readonly [string, number]) {
  const colon = member.indexOf(":");
  return { what: member.slice(0, colon), name: member.slice(colon + 1), seq };
}
