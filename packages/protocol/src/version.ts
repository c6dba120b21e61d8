/** The WebSocket subprotocol that both sides speak; its number changes when a schema changes incompatibly. */
export const SUBPROTOCOL = "carillon.v1";
