/** What the store has to tell its operator, and goes on. */
export type Finding = {
  readonly level: "info" | "warn" | "error";
  readonly message: string;
  readonly facts: Readonly<Record<string, string | number>>;
};
