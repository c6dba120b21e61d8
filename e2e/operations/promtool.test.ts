import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { HubProcess } from "../faults/hub-process.ts";
import { Line } from "../faults/line.ts";
import { temporaryPlace } from "../faults/place.ts";
import { debianProgram } from "../machine/debian.ts";

const promtool = debianProgram("usr/bin/promtool", "prometheus");
if (promtool === undefined)
  console.warn("Skipped: whether promtool is content with the metrics needs Debian's package.");

it.skipIf(promtool === undefined)(
  "promtool is content with the metrics, before and after anything happened",
  async () => {
    await using place = await temporaryPlace();
    await using hub = await HubProcess.start(place.store);
    expect(judged(await metrics(hub.port))).toEqual(CONTENT);
    using author = await Line.to(hub.port, "100");
    using target = await Line.to(hub.port, "101");
    await author.send({ id: "d1", to: "101", text: "Measure this." });
    await author.send({ id: "d2", to: "101", text: "" });
    await target.has(1);
    target.ack(1);
    await author.receipts(1);
    expect(judged(await metrics(hub.port))).toEqual(CONTENT);
    expect(judged("# TYPE carillon_things gauge\ncarillon_things 1\n"), "it finds something to say").not.toEqual(
      CONTENT,
    );
  },
  30_000,
);

const CONTENT = { status: 0, said: "" };

async function metrics(port: number): Promise<string> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  expect(text).toContain("carillon_sends_total");
  return text;
}

function judged(input: string): { status: number | null; said: string } {
  if (promtool === undefined) throw new Error("There is no promtool.");
  const { status, stdout, stderr } = spawnSync(promtool.path, ["check", "metrics"], {
    input,
    env: promtool.env,
    encoding: "utf8",
  });
  return { status, said: stdout + stderr };
}
