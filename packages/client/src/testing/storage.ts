/** A `localStorage` of one page: holds at most `quota` characters. Its items are its own keys, as in a browser. */
export class FakeStorage implements Storage {
  readonly #quota: number;
  [name: string]: unknown;

  constructor(quota: number = Infinity) {
    this.#quota = quota;
  }

  get length(): number {
    return Object.keys(this).length;
  }

  getItem(key: string): string | null {
    const value = Object.hasOwn(this, key) ? this[key] : null;
    return typeof value === "string" ? value : null;
  }

  key(index: number): string | null {
    return Object.keys(this)[index] ?? null;
  }

  setItem(key: string, value: string): void {
    const others = Object.keys(this).filter((other) => other !== key);
    const used = others.reduce((sum, other) => sum + other.length + (this.getItem(other) ?? "").length, 0);
    if (used + key.length + value.length > this.#quota)
      throw new DOMException("The quota is exceeded.", "QuotaExceededError");
    this[key] = value;
  }

  removeItem(key: string): void {
    delete this[key];
  }

  clear(): void {
    for (const key of Object.keys(this)) delete this[key];
  }
}
