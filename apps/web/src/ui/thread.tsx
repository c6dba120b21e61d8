import { ThreadIcon } from "./icons.tsx";

/** What a notification belongs to, in the application's own words. */
export function Thread({ name }: { readonly name: string }) {
  return (
    <span className="flex min-w-0 items-center gap-1 text-small text-quiet">
      <ThreadIcon />
      <bdi className="truncate" title={name}>
        {name}
      </bdi>
    </span>
  );
}
