/**
 * Messages on their way: shown at once, kept when they fail, replaced by their echo. One is sent after the other's echo:
 * two in the same instant are two calls of the gateway's, which come in any order.
 */

export interface Pending {
  /** `client_message_id`: the same in every try, so that it is said once. */
  id: string;
  content: string;
  state: "sending" | "failed";
  /** Why it failed, in the server's words; null: no answer came. */
  why: string | null;
}

/** Milliseconds without an echo after which a message counts as not sent. */
const PATIENCE = 10_000;

interface Ways {
  /** Sends it, if there is a connection. */
  post: (pending: Pending) => void;
  changed: (pending: readonly Pending[]) => void;
  /** No answer came: the connection may be dead. */
  silent: () => void;
}

export class Outbox {
  private readonly ways: Ways;
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private pending: readonly Pending[] = [];
  /** The id of the one that was sent and has no answer yet. */
  private onWay: string | null = null;

  constructor(ways: Ways) {
    this.ways = ways;
  }

  put(content: string): void {
    const pending: Pending = { id: crypto.randomUUID(), content, state: "sending", why: null };
    this.become([...this.pending, pending]);
    this.wait(pending.id);
    this.next();
  }

  retry(id: string): void {
    this.change(id, { state: "sending", why: null });
    this.wait(id);
    this.next();
  }

  drop(ids: ReadonlySet<string | undefined>): void {
    if (!this.pending.some((each) => ids.has(each.id))) return;
    for (const id of ids) if (id !== undefined) clearTimeout(this.timers.get(id));
    this.become(this.pending.filter((each) => !ids.has(each.id)));
    if (ids.has(this.onWay ?? undefined)) this.onWay = null;
    this.next();
  }

  refused(id: string, why: string): void {
    this.fail(id, why);
    this.next();
  }

  /** A new connection: what nobody answered is sent once more, under the same ids. */
  again(): void {
    this.onWay = null;
    for (const pending of this.pending) if (pending.why === null) this.retry(pending.id);
  }

  stop(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
  }

  private next(): void {
    const first = this.pending.find((each) => each.state === "sending");
    if (this.onWay !== null || first === undefined) return;
    this.onWay = first.id;
    this.ways.post(first);
  }

  private wait(id: string): void {
    clearTimeout(this.timers.get(id));
    const late = () => {
      this.fail(id, null);
      this.ways.silent();
      this.next();
    };
    this.timers.set(id, setTimeout(late, PATIENCE));
  }

  private fail(id: string, why: string | null): void {
    clearTimeout(this.timers.get(id));
    this.change(id, { state: "failed", why });
    if (this.onWay === id) this.onWay = null;
  }

  private change(id: string, change: Partial<Pending>): void {
    if (this.pending.some((each) => each.id === id)) {
      this.become(this.pending.map((each) => (each.id === id ? { ...each, ...change } : each)));
    }
  }

  private become(pending: readonly Pending[]): void {
    this.pending = pending;
    this.ways.changed(pending);
  }
}
