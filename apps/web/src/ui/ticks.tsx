type TicksProps = {
  /** How many of the four have come: one tick, the other, an eye, its pupil. */ readonly filled: 0 | 1 | 2 | 3 | 4;
};

/** Two ticks and an eye that fill in as a draft gets further. Says nothing itself: the word beside it does. */
export function Ticks({ filled }: TicksProps) {
  return (
    <svg
      aria-hidden
      width="36"
      height="12"
      viewBox="0 0 36 12"
      fill="none"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="shrink-0"
    >
      <Tick path="m1.5 6.5 3.2 3.2 6.8-7.4" filled={filled >= 1} />
      <Tick path="m9 9.2.7.5 6.8-7.4" filled={filled >= 2} />
      <Tick
        path="M21 6.2c1.6-2.6 3.9-4 6.5-4s4.9 1.4 6.5 4c-1.6 2.6-3.9 4-6.5 4s-4.9-1.4-6.5-4Z"
        filled={filled >= 3}
      />
      <circle
        cx="27.5"
        cy="6.2"
        r="2"
        className={`fill-bronze-ink transition-[opacity] duration-200 motion-reduce:transition-none ${filled >= 4 ? "" : "opacity-0"}`}
      />
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
