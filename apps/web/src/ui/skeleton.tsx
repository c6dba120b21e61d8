/** Rows in the shape of those that are awaited. Drawn only when the wait is longer than 200 ms. */
export function Skeleton({ label }: { readonly label: string }) {
  return (
    <div aria-busy="true" className="late">
      <span className="sr-only">{label}</span>
      {["w-3/5", "w-4/5", "w-2/5"].map((width) => (
        <div key={width} aria-hidden className="flex gap-3 border-b border-line py-4">
          <span className="size-8 shrink-0 rounded-full bg-wash" />
          <span className="flex flex-1 flex-col gap-2 py-1">
            <span className="h-3 w-24 rounded-box bg-wash" />
            <span className={`h-3 rounded-box bg-wash ${width}`} />
          </span>
        </div>
      ))}
    </div>
  );
}
