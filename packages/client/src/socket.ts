import { SUBPROTOCOL } from "@carillon/protocol";

/** What the client does with a socket: four members, so that a test needs no network. */
export type ClientSocket = {
  send(frame: string): void;
  close(code?: number, reason?: string): void;
};

/** What a socket tells. Nothing is told after `onClose`. */
export type SocketEvents = {
  readonly onOpen: () => void;
  readonly onFrame: (frame: string) => void;
  readonly onClose: (code: number, reason: string) => void;
};

export type SocketFactory = (url: string, events: SocketEvents) => ClientSocket;

/** The platform's own WebSocket: browsers, and Node since 22. */
export const webSocket: SocketFactory = (url, { onOpen, onFrame, onClose }) => {
  const socket = new WebSocket(url, SUBPROTOCOL);
  socket.addEventListener("open", onOpen);
  socket.addEventListener("message", ({ data }) => onFrame(String(data)));
  socket.addEventListener("close", ({ code, reason }) => onClose(code, reason));
  return {
    // A socket that is closing takes nothing, and browsers complain of who tries; `onClose` follows.
    send: (frame) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(frame);
    },
    close: (code, reason) => socket.close(code, reason),
  };
};
