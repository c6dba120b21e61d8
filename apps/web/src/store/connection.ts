import type { Status } from "@carillon/client";
import { createStore } from "zustand/vanilla";

export type { Status };

/** How the connection stands; `heard` once the hub has answered this user since the page signed in. */
export type Connection = { readonly status: Status; readonly heard: boolean };

const start: Connection = { status: { at: "stopped" }, heard: false };

export const connection = createStore<Connection>(() => start);

export function connectionIs(status: Status): void {
  connection.setState((before) => ({ status, heard: before.heard || status.at === "online" }), true);
}

/** As before anybody signed in. */
export function forgetConnection(): void {
  connection.setState(start, true);
}
