import { Bell } from "./icons.tsx";
import { Line } from "./line.tsx";
import { Box, Clock } from "./row-icons.tsx";

export function ClockLine() {
  return (
    <Line size={32}>
      <Clock />
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
