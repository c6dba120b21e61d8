export type { Client, ClientOptions, DraftInput, Status, Submitted } from "./api.ts";
export { createClient } from "./client.ts";
export { type Clock, systemClock } from "./clock.ts";
export { localOutbox, memoryOutbox, OUTBOX_LIMIT, type OutboxStore, type Pending } from "./outbox.ts";
export { type ClientSocket, type SocketEvents, type SocketFactory, webSocket } from "./socket.ts";
export type { SentLine, View } from "./view.ts";
export { platformWakeHints, type WakeHints } from "./wake.ts";
