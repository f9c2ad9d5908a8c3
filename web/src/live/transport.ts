/** How a connection is opened: a WebSocket, or SockJS where WebSockets are blocked. */
import { type IStompSocket, Versions } from "@stomp/stompjs";
import { api, ok } from "../api/client";
import { asProblem } from "../api/problem";
import * as session from "../api/session";

export type Transport = "websocket" | "sockjs";

/** Milliseconds that a WebSocket may take to open before SockJS is tried. */
export const WEBSOCKET_PATIENCE = 4_000;
/** SockJS asks for `/info` first, then tries what the browser can. */
export const SOCKJS_PATIENCE = 15_000;

/**
 * A token that opens one connection, asked for until there is one: an error thrown while stompjs connects would end it for
 * good. Null when nobody is signed in any more, or `given` says to stop.
 */
export async function chatToken(given: () => boolean): Promise<string | null> {
  for (let tries = 0; ; tries += 1) {
    if (!given()) return null;
    try {
      return (await ok(api.POST("/chat/token"))).token;
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status === 401 || session.signedIn() === null) return null;
      await pause(problem.retryAfter !== null ? problem.retryAfter * 1000 : backoff(tries));
    }
  }
}

/** Longer each time, at most 30 s, never the same for everybody. */
export function backoff(tries: number): number {
  return Math.min(30_000, 500 * 2 ** tries) * (0.5 + Math.random() / 2);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Makes sockets for a token. Fetches SockJS when it is first needed. */
export async function opener(transport: Transport, token: string): Promise<() => IStompSocket> {
  const query = `?token=${encodeURIComponent(token)}`;
  if (transport === "websocket") {
    const address = new URL(`/ws-chat${query}`, globalThis.location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    return () => new WebSocket(address, Versions.default.protocolVersions()) as unknown as IStompSocket;
  }
  const { default: SockJS } = await import("sockjs-client");
  const options = { transports: ["xhr-streaming", "xhr-polling"], timeout: 10_000 };
  return () => new SockJS(`/ws-chat-sockjs${query}`, null, options) as unknown as IStompSocket;
}
