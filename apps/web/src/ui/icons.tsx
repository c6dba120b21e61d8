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

export function SunIcon() {
  return (
    <Line>
      <circle cx="8" cy="8" r="3" />
      <path d="M8 1.3v1M8 13.7v1M1.3 8h1M13.7 8h1M3.3 3.3l.7.7M12 12l.7.7M12.7 3.3l-.7.7M4 12l-.7.7" />
    </Line>
  );
}

export function MoonIcon() {
  return (
    <Line>
      <path d="M13.5 9.7A5.8 5.8 0 0 1 6.3 2.5a5.8 5.8 0 1 0 7.2 7.2Z" />
    </Line>
  );
}

export function SystemIcon() {
  return (
    <Line>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 2.5v11a5.5 5.5 0 0 0 0-11Z" fill="currentColor" stroke="none" />
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

export function SendLine() {
  return (
    <Line size={32}>
      <path d="m13.8 2.2-5 11.6-2.2-4.9-4.4-2.1zM13.8 2.2 6.6 8.9" />
    </Line>
  );
}

function Bell() {
  return (
    <path d="M8 2v1.1M3.2 11.7c.9-1 1.2-2.2 1.3-4.3.1-2.5 1.5-4.3 3.5-4.3s3.4 1.8 3.5 4.3c.1 2.1.4 3.3 1.3 4.3ZM6.6 13.5c.3.5.8.8 1.4.8s1.1-.3 1.4-.8" />
  );
}
