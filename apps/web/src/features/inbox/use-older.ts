import { useEffect } from "react";
import { useStore } from "zustand";
import { connection } from "../../store/connection.ts";
import { older } from "../../store/older.ts";

/** Asks again for older ones when the hub is back; the list asks anew whenever how it stands with them changes. */
export function useOlder(): void {
  const online = useStore(connection, (now) => now.status.at === "online");
  useStore(older);
  useEffect(() => {
    if (online && older.getState() === "failed") older.setState("idle", true);
  }, [online]);
}
