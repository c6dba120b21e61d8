type TicksProps = { /** How many of the two ticks have come. */ readonly filled: 0 | 1 | 2 };

/** Two ticks that fill in as a draft gets further. Says nothing itself: the word beside it does. */
export function Ticks({ filled }: TicksProps) {
  return (
    <svg
      aria-hidden
      width="20"
      height="12"
      viewBox="0 0 20 12"
      fill="none"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="shrink-0"
    >
      <Tick path="m1.5 6.5 3.2 3.2 6.8-7.4" filled={filled >= 1} />
      <Tick path="m9 9.2.7.5 6.8-7.4" filled={filled >= 2} />
    </svg>
  );
}

function Tick({ path, filled }: { readonly path: string; readonly filled: boolean }) {
  return (
    <>
      <path d={path} className="stroke-line" />
      <path
        d={path}
        pathLength={1}
        strokeDasharray="1 1"
        strokeDashoffset={filled ? 0 : 1}
        strokeOpacity={filled ? 1 : 0}
        className="stroke-bronze-ink transition-[stroke-dashoffset] duration-200 ease-out motion-reduce:transition-none"
      />
    </>
  );
}
