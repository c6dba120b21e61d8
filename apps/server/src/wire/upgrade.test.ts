import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestHub, type TestHub } from "../testing/test-hub.ts";

let hub: TestHub;
beforeAll(
  async () => (hub = await startTestHub({ CARILLON_ORIGINS: "https://site.example, https://other.example:8443" })),
);
afterAll(() => hub.close());

describe("the upgrade", () => {
  it("[P1] without the subprotocol is refused, another beside it is not chosen", async () => {
    await expect(hub.line({ protocols: [] })).rejects.toThrow("400");
    await expect(hub.line({ protocols: ["carillon.v0"] })).rejects.toThrow("400");
    const line = await hub.line({ protocols: ["carillon.v0", "carillon.v1"] });
    expect(line.socket.protocol).toBe("carillon.v1");
  });

  it("that is refused is counted by its status, and logged with the reason", async () => {
    const counted = async (status: number) => {
      const metrics = await (await fetch(`${hub.url}/metrics`)).text();
      return Number(new RegExp(`carillon_upgrades_refused_total\\{status="${status}"\\} (\\d+)`).exec(metrics)?.[1]);
    };
    const before = await Promise.all([400, 403, 503].map(counted));
    await expect(hub.line({ protocols: [] })).rejects.toThrow("400");
    await expect(hub.line({ protocols: [], headers: { "sec-websocket-protocol": "carillon.v1," } })).rejects.toThrow(
      "400",
    );
    await expect(hub.line({ headers: { origin: "https://evil.example" } })).rejects.toThrow("403");
    const after = await Promise.all([400, 403, 503].map(counted));
    expect(after.map((count, n) => count - (before[n] ?? 0))).toEqual([2, 1, 0]);
    const lines = hub.logs.map((line): unknown => JSON.parse(line));
    expect(lines).toContainEqual(
      expect.objectContaining({ status: 403, why: "originRefused", address: "127.0.0.1", msg: "upgrade refused" }),
    );
  });

  it("[P1] with a subprotocol anywhere else is refused", async () => {
    await expect(hub.tutorial("elsewhere", { protocols: ["carillon.v1"] })).rejects.toThrow("404");
  });

  it.each([
    ["https://evil.example"],
    ["null"],
    ["https://site.example.evil.example"],
    ["https://site.example:8443"],
    ["http://site.example"],
    ["https://other.example"],
    ["ftp://127.0.0.1"],
    ["not an origin"],
  ])("[P1] from a page of %s is refused", async (origin) => {
    await expect(hub.line({ headers: { origin } })).rejects.toThrow("403");
    await expect(hub.tutorial("?uid=1&token=1", { headers: { origin } })).rejects.toThrow("403");
  });

  it("[P1] from the hub's own page, from pages on the list, and from programs is accepted", async () => {
    for (const origin of [hub.url, "https://site.example", "https://other.example:8443"]) {
      const line = await hub.line({ headers: { origin } });
      expect(await line.hello(await hub.token("100"))).toMatchObject({ type: "welcome" });
    }
    expect(await (await hub.line()).hello(await hub.token("100"))).toMatchObject({ type: "welcome" });
  });

  it("[P1] from anybody's page is accepted where the list says so", async () => {
    const open = await startTestHub({ CARILLON_ORIGINS: "*" });
    const line = await open.line({ headers: { origin: "https://anybody.example" } });
    expect(await line.hello(await open.token("100"))).toMatchObject({ type: "welcome" });
    await open.close();
  });
});
