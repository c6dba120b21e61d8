import { describe, expect, it } from "vitest";
import { InboxUnavailable } from "../../hub/ports.ts";
import { AT, Bench, type Store } from "./bench.ts";

export function revokingContract(stores: () => Promise<Store>): void {
  describe("revoked tokens", () => {
    const bench = Bench.in(stores);
    const user = (uid: string, until: number) => bench.inbox.revoke({ of: "user", uid, until });
    const token = (tokenId: string, expiresAt?: number) => bench.inbox.revoke({ of: "token", tokenId, expiresAt });
    const isRevoked = (uid: string, issuedAt: number, tokenId?: string) =>
      bench.inbox.isRevoked({ uid, issuedAt, tokenId });

    it("[P32] of a user: those issued up to then, and nobody else's", async () => {
      await user("101", AT);
      expect(await Promise.all([isRevoked("101", AT), isRevoked("101", 0), isRevoked("101", AT, "t1")])).toEqual([
        true,
        true,
        true,
      ]);
      expect(await Promise.all([isRevoked("101", AT + 1), isRevoked("100", AT), isRevoked("10", 0)])).toEqual([
        false,
        false,
        false,
      ]);
    });

    it("[P32] of a user again: what is revoked stays revoked, in whatever order it is said", async () => {
      await user("101", AT + 5);
      await user("101", AT);
      expect(await isRevoked("101", AT + 5)).toBe(true);
      await user("101", AT + 9);
      expect(await isRevoked("101", AT + 9)).toBe(true);
    });

    it("[P32] one by its name, whoever bears it; a token without a name is none of them", async () => {
      await token("t1", Date.now() + 3_600_000);
      expect(await isRevoked("101", AT, "t1")).toBe(true);
      expect(await isRevoked("102", AT + 9, "t1")).toBe(true);
      expect(await isRevoked("101", AT, "t2")).toBe(false);
      expect(await isRevoked("101", AT)).toBe(false);
    });

    it("[P32] names and uids are kept apart byte for byte", async () => {
      for (const name of ["é", "'; DROP TABLE revoked_token; --", "%", "101"]) await token(name);
      expect(await isRevoked("101", AT, "e\u0301")).toBe(false);
      expect(await isRevoked("101", AT, "")).toBe(false);
      expect(await isRevoked("101", AT, "'; DROP TABLE revoked_token; --")).toBe(true);
    });

    it("[P32] it holds after a restart", async () => {
      await Promise.all([user("101", AT), token("t1", Date.now() + 3_600_000), token("t2")]);
      await bench.reopen();
      expect(await isRevoked("101", AT)).toBe(true);
      expect(await isRevoked("102", AT, "t1")).toBe(true);
      expect(await isRevoked("102", AT, "t2")).toBe(true);
    });

    it("[P32] a token that has been expired for long is forgotten; within the tolerance, and without an end, it is not", async () => {
      const now = Date.now();
      await token("long over", now - 3_600_000);
      await token("just over", now - 20_000);
      await token("for ever");
      await token("for ever", now - 3_600_000);
      await token("another", now);
      expect(await isRevoked("101", AT, "long over")).toBe(false);
      expect(await isRevoked("101", AT, "just over")).toBe(true);
      expect(await isRevoked("101", AT, "for ever")).toBe(true);
    });

    it("[P11] once the store is closed it says that it cannot serve", async () => {
      const { inbox } = bench;
      await bench.reopen();
      await expect(inbox.revoke({ of: "user", uid: "101", until: AT })).rejects.toThrow(InboxUnavailable);
      await expect(inbox.isRevoked({ uid: "101", issuedAt: 0, tokenId: undefined })).rejects.toThrow(InboxUnavailable);
    });
  });
}
