/** Messages on their way: shown at once, kept when they fail, replaced by their echo. */

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

  constructor(ways: Ways) {
    this.ways = ways;
  }

  put(content: string): void {
    const pending: Pending = { id: crypto.randomUUID(), content, state: "sending", why: null };
    this.become([...this.pending, pending]);
    this.post(pending);
  }

  retry(id: string): void {
    this.change(id, { state: "sending", why: null });
    const pending = this.pending.find((each) => each.id === id);
    if (pending !== undefined) this.post(pending);
  }

  drop(ids: ReadonlySet<string | undefined>): void {
    for (const id of ids) if (id !== undefined) clearTimeout(this.timers.get(id));
    if (this.pending.some((each) => ids.has(each.id)))
      this.become(this.pending.filter((each) => !ids.has(each.id)));
  }

  refused(id: string, why: string): void {
    clearTimeout(this.timers.get(id));
    this.change(id, { state: "failed", why });
  }

  /** A new connection: what nobody answered is sent once more, under the same ids. */
  again(): void {
    for (const pending of this.pending) if (pending.why === null) this.retry(pending.id);
  }

  stop(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
  }

  private post(pending: Pending): void {
    this.ways.post(pending);
    clearTimeout(this.timers.get(pending.id));
    const late = () => {
      this.change(pending.id, { state: "failed", why: null });
      this.ways.silent();
    };
    this.timers.set(pending.id, setTimeout(late, PATIENCE));
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
