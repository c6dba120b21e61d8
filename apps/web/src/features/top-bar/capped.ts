/** A count in the room of two digits. */
export function capped(count: number): string {
  return count > 99 ? "99+" : String(count);
}
