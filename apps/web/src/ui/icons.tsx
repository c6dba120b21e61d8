import { Line } from "./line.tsx";

export function CloseIcon() {
  return (
    <Line>
      <path d="m4 4 8 8M12 4l-8 8" />
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

export function Bell() {
  return (
    <path d="M8 2v1.1M3.2 11.7c.9-1 1.2-2.2 1.3-4.3.1-2.5 1.5-4.3 3.5-4.3s3.4 1.8 3.5 4.3c.1 2.1.4 3.3 1.3 4.3ZM6.6 13.5c.3.5.8.8 1.4.8s1.1-.3 1.4-.8" />
  );
}
