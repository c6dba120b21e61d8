import type { ReactNode } from "react";

type EmptyProps = { readonly icon: ReactNode; readonly sentence: string; readonly next?: string };

/** A place with nothing in it yet: one warm sentence and the next thing to do. */
export function Empty({ icon, sentence, next }: EmptyProps) {
  return (
    <div className="flex flex-col items-center gap-1 px-4 py-10 text-center text-quiet">
      <span className="mb-2 text-edge">{icon}</span>
      <p className="text-body text-ink">{sentence}</p>
      {next !== undefined && <p className="max-w-[44ch] text-small leading-words text-balance">{next}</p>}
    </div>
  );
}
