export type { Client, ClientOptions, DraftInput, Status, Submitted } from "./api.ts";
export { createClient } from "./client.ts";
export { type Clock, systemClock } from "./clock.ts";
export { OUTBOX_LIMIT } from "./outbox/outbox.ts";
export { localOutbox, memoryOutbox, type OutboxStore } from "./outbox/store.ts";
export type { Change, Pending, Waiting } from "./outbox/waiting.ts";
export { type ClientSocket, type SocketEvents, type SocketFactory, webSocket } from "./socket.ts";
export type { LogView, View } from "./view/view.ts";
export { platformWakeHints, type WakeHints } from "./wake.ts";
