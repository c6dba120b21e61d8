import { Line } from "./line.tsx";

export function CheckIcon() {
  return (
    <Line>
      <path d="m2.8 8.6 3.4 3.4 7-7.6" />
    </Line>
  );
}

/** A row with its mark beside it. */
export function UnreadIcon() {
  return (
    <Line>
      <path d="M2.5 3.5v9M6.5 5h7M6.5 8h7M6.5 11h4" />
    </Line>
  );
}

/** A box with its lid. */
export function ArchiveIcon() {
  return (
    <Line>
      <Box />
      <path d="M6.5 9h3" />
    </Line>
  );
}

export function ClockIcon({ size = 16 }: { readonly size?: 12 | 16 }) {
  return (
    <Line size={size}>
      <Clock />
    </Line>
  );
}

export function MoreIcon() {
  return (
    <Line>
      <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth={2} />
    </Line>
  );
}

/** Out of the box again. */
export function UnarchiveIcon() {
  return (
    <Line>
      <Box />
      <path d="M8 12V8.2M6.2 9.8 8 8l1.8 1.8" />
    </Line>
  );
}

/** From a layer to the whole of it. */
export function WidenIcon() {
  return (
    <Line>
      <path d="M9.5 2.5h4v4M13.5 2.5l-4.8 4.8M6.5 13.5h-4v-4M2.5 13.5l4.8-4.8" />
    </Line>
  );
}

export function ReplyIcon() {
  return (
    <Line>
      <path
        d="M6.5 3.5 2.5 7.5l4 4M2.5 7.5h6.8a4.2 4.2 0 0 1 4.2 4.2v.8"
        className="rtl:-scale-x-100 rtl:origin-center"
      />
    </Line>
  );
}

/** Points at what it opens: along the line, or down when it is open. */
export function UnfoldIcon({ isOpen }: { readonly isOpen: boolean }) {
  return (
    <Line size={12}>
      {isOpen ? <path d="m3 6 5 5 5-5" /> : <path d="m6 3 5 5-5 5" className="rtl:-scale-x-100 rtl:origin-center" />}
    </Line>
  );
}

export function UpIcon() {
  return (
    <Line size={12}>
      <path d="M8 13.5v-11M3 7.5l5-5 5 5" />
    </Line>
  );
}

export function Clock() {
  return (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 4.8V8l2.2 1.6" />
    </>
  );
}

export function Box() {
  return <path d="M2 3h12v3H2zM3 6v6.5a.5.5 0 0 0 .5.5h9a.5.5 0 0 0 .5-.5V6" />;
}
