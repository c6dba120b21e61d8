import { stat } from "node:fs/promises";

/** Bytes of the write-ahead log of the store in this file; 0 if it has none. */
export async function walBytes(file: string): Promise<number> {
  try {
    return (await stat(`${file}-wal`)).size;
  } catch {
    return 0; // There is none until the first write, and none that can be looked at is none that can be measured.
  }
}
