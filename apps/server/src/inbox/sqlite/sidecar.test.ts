import { mkdir, readFile, rmdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryPlace } from "../../testing/place.ts";
import type { Finding } from "./calls.ts";
import { Sidecar } from "./sidecar.ts";

describe("the file beside the store", () => {
  it("[P29] says what it was told last, also to the next who opens it", async () => {
    await using at = await place();
    const sidecar = at.open();
    expect(sidecar.read()).toBeUndefined();
    sidecar.write({ epoch: "a-rather-long-epoch", commits: 999 });
    sidecar.write({ epoch: "a-rather-long-epoch", commits: 1_000 });
    expect(at.open().read()).toEqual({ epoch: "a-rather-long-epoch", commits: 1_000 });
    sidecar.write({ epoch: "short", commits: 7 });
    expect(at.open().read()).toEqual({ epoch: "short", commits: 7 });
    expect(at.findings).toEqual([]);
  });

  it("[P29] says nothing when its words make no sense", async () => {
    await using at = await place();
    at.open().write({ epoch: "first", commits: 41 });
    const line = await readFile(at.file, "utf8");
    expect(at.open().read()).toEqual({ epoch: "first", commits: 41 });
    const wrongs = [
      "",
      "\0".repeat(4_096),
      "x".repeat(4_096),
      line.slice(0, -1),
      line.replace("41", "42"),
      "first 41 0\n",
    ];
    for (const wrong of wrongs) {
      await writeFile(at.file, wrong);
      expect(at.open().read(), wrong.slice(0, 40)).toBeUndefined();
    }
    expect(at.findings).toEqual([]);
  });

  it("[P11] what cannot be opened is told once, stands in nobody's way, and is tried again", async () => {
    await using at = await place();
    await mkdir(at.file);
    const sidecar = at.open();
    expect(sidecar.read()).toBeUndefined();
    sidecar.write({ epoch: "first", commits: 1 });
    sidecar.write({ epoch: "first", commits: 2 });
    expect(at.findings).toMatchObject([
      { level: "warn", facts: { file: at.file, reason: expect.stringContaining("EISDIR") } },
    ]);
    await rmdir(at.file);
    sidecar.write({ epoch: "first", commits: 3 });
    expect(at.open().read()).toEqual({ epoch: "first", commits: 3 });
  });

  it.skipIf(process.platform !== "linux")(
    "[P11] a disk that is full for it is told once, and again when it was not",
    async () => {
      await using at = await place();
      await symlink("/dev/full", at.file); // Every write to it is answered ENOSPC.
      const sidecar = at.open();
      for (const commits of [1, 2, 3]) sidecar.write({ epoch: "first", commits });
      expect(at.findings).toMatchObject([{ level: "warn", facts: { reason: expect.stringContaining("ENOSPC") } }]);
      expect(sidecar.read()).toBeUndefined(); // It can be read: so much of it is well.
      sidecar.write({ epoch: "first", commits: 4 });
      expect(at.findings).toHaveLength(2);
    },
  );
});

async function place() {
  const { path, remove } = await temporaryPlace();
  const file = join(path, "carillon.db-commits");
  const findings: Finding[] = [];
  const opened: Sidecar[] = [];
  const open = () => {
    const sidecar = new Sidecar(file, (finding) => findings.push(finding));
    opened.push(sidecar);
    return sidecar;
  };
  const end = async () => {
    for (const sidecar of opened) sidecar.close();
    await remove();
  };
  return { file, findings, open, [Symbol.asyncDispose]: end };
}
