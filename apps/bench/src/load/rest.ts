/** What of a stream was not whole yet, put before what comes next. */
export class Rest {
  #rest: Buffer | undefined;

  /** `consume` gets all there is, and says up to where it understood it. */
  read(chunk: Buffer, from: number, to: number, consume: (bytes: Buffer, from: number, to: number) => number): void {
    const rest = this.#rest;
    this.#rest = undefined;
    if (rest === undefined) return this.#keep(chunk, consume(chunk, from, to), to);
    const bytes = Buffer.concat([rest, chunk.subarray(from, to)]);
    this.#keep(bytes, consume(bytes, 0, bytes.length), bytes.length);
  }

  #keep(bytes: Buffer, from: number, to: number): void {
    if (from < to) this.#rest = Buffer.from(bytes.subarray(from, to));
  }
}
