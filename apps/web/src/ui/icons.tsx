import type { ReactNode } from "react";

function Line({ children, size = 16 }: { readonly children: ReactNode; readonly size?: number }) {
  return (
    <svg
      aria-hidden
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={(1.5 * 16) / size}
      strokeLinecap="round"
      strokeLinejoin="round"
      className="shrink-0"
    >
      {children}
    </svg>
  );
}

export function CloseIcon() {
  return (
    <Line>
      <path d="m4 4 8 8M12 4l-8 8" />
    </Line>
  );
}

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

export function ClockLine() {
  return (
    <Line size={32}>
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

/** A bell that is struck through. */
export function MuteIcon({ size = 16 }: { readonly size?: 12 | 16 }) {
  return (
    <Line size={size}>
      <Bell />
      <path d="m2.5 2.5 11 11" />
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

export function SettingsIcon() {
  return (
    <Line>
      <path d="M2 4.5h7M13 4.5h1M2 11.5h1M7 11.5h7" />
      <circle cx="11" cy="4.5" r="1.9" />
      <circle cx="5" cy="11.5" r="1.9" />
    </Line>
  );
}

export function BellIcon() {
  return (
    <Line>
      <Bell />
    </Line>
  );
}

export function LeaveIcon() {
  return (
    <Line>
      <path
        d="M6.5 2.5h-3a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1h3M10.5 11l3-3-3-3M13.5 8h-7"
        className="rtl:-scale-x-100 rtl:origin-center"
      />
    </Line>
  );
}

export function ThreadIcon() {
  return (
    <Line size={12}>
      <path d="M2.5 3.5h11v7h-6l-3 2.7v-2.7h-2z" />
    </Line>
  );
}

/** The bell of the wordmark, drawn as a line for empty places. */
export function BellLine() {
  return (
    <Line size={32}>
      <Bell />
    </Line>
  );
}

export function ArchiveLine() {
  return (
    <Line size={32}>
      <Box />
      <path d="M6.5 9h3" />
    </Line>
  );
}

/** Everything done. */
export function CheckLine() {
  return (
    <Line size={32}>
      <circle cx="8" cy="8" r="6" />
      <path d="m5.3 8.3 1.9 1.9 3.6-4" />
    </Line>
  );
}

export function SendLine() {
  return (
    <Line size={32}>
      <path d="m13.8 2.2-5 11.6-2.2-4.9-4.4-2.1zM13.8 2.2 6.6 8.9" />
    </Line>
  );
}

function Clock() {
  return (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 4.8V8l2.2 1.6" />
    </>
  );
}

function Box() {
  return <path d="M2 3h12v3H2zM3 6v6.5a.5.5 0 0 0 .5.5h9a.5.5 0 0 0 .5-.5V6" />;
}

function Bell() {
  return (
    <path d="M8 2v1.1M3.2 11.7c.9-1 1.2-2.2 1.3-4.3.1-2.5 1.5-4.3 3.5-4.3s3.4 1.8 3.5 4.3c.1 2.1.4 3.3 1.3 4.3ZM6.6 13.5c.3.5.8.8 1.4.8s1.1-.3 1.4-.8" />
  );
}
