/**
 * One connection for the chat and everything that is shown live. It opens when something is first listened to, comes back by
 * itself, and subscribes again before it says that it is open; what was missed meanwhile is then read by whoever listens.
 */
import { Client, ReconnectionTimeMode, type StompSubscription } from "@stomp/stompjs";
import type { LiveEvent } from "./events";
import { chatToken, opener, SOCKJS_PATIENCE, type Transport, WEBSOCKET_PATIENCE } from "./transport";

export type State = "closed" | "connecting" | "open";

type Listener = (event: LiveEvent) => void;

/** After so long without a frame from the server a connection may be dead without a word (a laptop that slept). */
const SILENCE = 60_000;
/** How long the answer to "are you there?" may take. */
const ANSWER = 5_000;
/** API Gateway ends a connection that is idle for ten minutes. */
const HEART_BEAT = 240_000;

export class Connection {
  state: State = "closed";
  transport: Transport = "websocket";
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly subscriptions = new Map<string, StompSubscription>();
  private readonly watchers = new Set<() => void>();
  private readonly reopened = new Set<() => void>();
  private client: Client | null = null;
  private heard = 0;
  private asking = false;
  private opened = false;
  private before = false;
  private questions = 0;

  /** Calls `listener` with every event of a destination; the answer ends that. */
  listen(destination: string, listener: Listener): () => void {
    const others = this.listeners.get(destination) ?? new Set();
    this.listeners.set(destination, others.add(listener));
    if (others.size === 1 && this.state === "open") this.subscribe(destination);
    this.open();
    return () => {
      others.delete(listener);
      if (others.size > 0 || this.listeners.get(destination) !== others) return;
      this.listeners.delete(destination);
      if (this.canSend()) this.subscriptions.get(destination)?.unsubscribe();
      this.subscriptions.delete(destination);
    };
  }

  /** Calls `watcher` whenever the state or the transport changes. */
  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** Calls `back` each time the connection is open anew, its subscriptions made: what was missed can be read now. */
  onReopen(back: () => void): () => void {
    this.reopened.add(back);
    return () => this.reopened.delete(back);
  }

  /** Sends, if it is open. False: it isn't, and nothing was sent. */
  send(destination: string, body: object): boolean {
    if (this.state !== "open" || this.client === null || !this.canSend()) return false;
    // Sent into a connection that may be dead: find out while it is under way.
    this.look();
    this.client.publish({ destination, body: JSON.stringify(body) });
    return true;
  }

  /** Asks a connection that was silent for long whether it is still one, and opens it anew if there is no answer. */
  look(): void {
    const client = this.client;
    if (this.state !== "open" || client === null || this.asking || Date.now() - this.heard < SILENCE) return;
    this.asking = true;
    const id = `question-${++this.questions}`;
    const timer = setTimeout(() => {
      this.asking = false;
      this.cut();
    }, ANSWER);
    client.watchForReceipt(id, () => {
      clearTimeout(timer);
      this.asking = false;
    });
    // The server answers the receipt of any frame; this one changes nothing.
    const subscription = client.subscribe("/user/queue/errors", () => undefined, { id, receipt: id });
    subscription.unsubscribe();
  }

  /** The connection as it is, is given up; a new one is opened at once. */
  cut(): void {
    this.client?.forceDisconnect();
  }

  close(): void {
    const client = this.client;
    this.client = null;
    this.before = false;
    this.subscriptions.clear();
    this.become("closed");
    void client?.deactivate({ force: true });
    globalThis.removeEventListener?.("online", this.awake);
    globalThis.document?.removeEventListener("visibilitychange", this.awake);
  }

  private open(): void {
    if (this.client !== null) return;
    const client = new Client({
      reconnectDelay: 500,
      maxReconnectDelay: 30_000,
      reconnectTimeMode: ReconnectionTimeMode.EXPONENTIAL,
      heartbeatIncoming: 0,
      heartbeatOutgoing: HEART_BEAT,
      connectionTimeout: WEBSOCKET_PATIENCE,
      beforeConnect: () => this.prepare(client),
      onConnect: () => this.connected(client),
      onWebSocketClose: () => this.lost(client),
      onUnhandledMessage: () => this.hear(),
      onUnhandledReceipt: () => this.hear(),
    });
    this.client = client;
    this.become("connecting");
    globalThis.addEventListener?.("online", this.awake);
    globalThis.document?.addEventListener("visibilitychange", this.awake);
    client.activate();
  }

  /** A token and a way to open the connection. Where a WebSocket didn't open, SockJS is next, and the other way round. */
  private async prepare(client: Client): Promise<void> {
    const token = await chatToken(() => this.client === client);
    if (token === null) {
      if (this.client === client) this.close();
      return;
    }
    const open = await opener(this.transport, token).catch(() => null);
    if (open === null) return; // SockJS's chunk couldn't be fetched: stompjs tries again
    client.connectionTimeout = this.transport === "websocket" ? WEBSOCKET_PATIENCE : SOCKJS_PATIENCE;
    client.webSocketFactory = open;
    this.opened = false;
  }

  private connected(client: Client): void {
    if (this.client !== client) return;
    this.opened = true;
    this.hear();
    this.subscriptions.clear();
    for (const destination of this.listeners.keys()) this.subscribe(destination);
    this.become("open");
    const again = this.before;
    this.before = true;
    if (again) for (const back of this.reopened) back();
  }

  private lost(client: Client): void {
    if (this.client !== client) return;
    if (!this.opened && globalThis.navigator?.onLine !== false) {
      this.transport = this.transport === "websocket" ? "sockjs" : "websocket";
    }
    this.opened = false;
    this.asking = false;
    this.subscriptions.clear();
    this.become("connecting");
  }

  private subscribe(destination: string): void {
    const subscription = this.client?.subscribe(destination, (frame) => {
      this.hear();
      let event: LiveEvent;
      try {
        event = JSON.parse(frame.body) as LiveEvent;
      } catch {
        return; // one bad event doesn't stop the rest
      }
      for (const listener of [...(this.listeners.get(destination) ?? [])]) listener(event);
    });
    if (subscription !== undefined) this.subscriptions.set(destination, subscription);
  }

  /** A socket that is closing says nothing but a warning in the console. */
  private canSend(): boolean {
    return this.client?.webSocket?.readyState === WebSocket.OPEN;
  }

  private hear(): void {
    this.heard = Date.now();
  }

  private become(state: State): void {
    this.state = state;
    for (const watcher of [...this.watchers]) watcher();
  }

  /** Back from sleep, from another tab or from a dead network: a good moment to look. */
  private readonly awake = (): void => {
    if (globalThis.document?.visibilityState === "hidden") return;
    this.look();
  };
}

/** The page's connection. */
export const live = new Connection();
