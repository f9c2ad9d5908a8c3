/**
 * One conversation on a ticket: its history, what is said while it is open, what is on its way, who types, is there and has seen
 * what. Without React; `chatbox.tsx` shows it.
 */
import type { Connection } from "../live/connection";
import type { LiveEvent, Message } from "../live/events";
import { Company, type CompanyState, NOBODY } from "./company";
import { add, addOlder, begin, first, type Known, last, NOTHING } from "./gaps";
import { type Place, readMessages } from "./history";
import { Outbox, type Pending } from "./outbox";

export interface ChatState extends CompanyState {
  known: Known;
  pending: readonly Pending[];
  status: "loading" | "ready" | "failed";
  problem: unknown;
  loadingOlder: boolean;
}

const PAGE = 50;
/** How often typing is told while somebody types. */
const TYPING_TOLD = 3_000;

export class ChatService {
  private state: ChatState = {
    ...NOBODY,
    known: NOTHING,
    pending: [],
    status: "loading",
    problem: null,
    loadingOlder: false,
  };
  private readonly watchers = new Set<() => void>();
  private readonly ends: (() => void)[] = [];
  private readonly place: Place & { me: string };
  private readonly live: Connection;
  private readonly company: Company;
  private readonly outbox: Outbox;
  private filling = false;
  private toldTyping = 0;
  private toldSeen = 0;
  private running = false;

  /** `me`: who reads. */
  constructor(place: Place & { me: string }, live: Connection) {
    this.place = place;
    this.live = live;
    this.company = new Company(place.me, () => this.become(this.company.state));
    this.outbox = new Outbox({
      post: (pending) => this.post(pending),
      changed: (pending) => this.become({ pending }),
      silent: () => this.live.look(),
    });
  }

  snapshot = (): ChatState => this.state;

  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  /** Listens and reads the history, until the answer is called. Being subscribed counts as reading. */
  start = (): (() => void) => {
    this.running = true;
    const { ticketId, withId } = this.place;
    const topic = withId === null ? `/topic/ticket/${ticketId}` : "/user/queue/private-messages";
    this.ends.push(
      this.live.listen(topic, (event) => this.took(event)),
      this.live.listen("/user/queue/errors", (event) => this.refused(event)),
      this.live.onReopen(() => this.again()),
    );
    void this.load();
    return () => this.stop();
  };

  /** Subscribes first, then reads: what is said meanwhile waits for the history. */
  async load(): Promise<void> {
    try {
      const page = await readMessages(this.place, { limit: PAGE });
      // What came live while this was read follows on it.
      const { known, askAfter } = add(begin(page.items, page.has_more), this.state.known.messages);
      this.become({ known, status: "ready", problem: null });
      this.settle(known.messages);
      if (askAfter !== null) void this.fill();
    } catch (problem) {
      this.become({ status: this.state.status === "ready" ? "ready" : "failed", problem });
    }
  }

  async loadOlder(): Promise<void> {
    const before = first(this.state.known);
    if (before === null || !this.state.known.older || this.state.loadingOlder) return;
    this.become({ loadingOlder: true });
    try {
      const page = await readMessages(this.place, { limit: PAGE, before });
      this.become({ known: addOlder(this.state.known, page.items, page.has_more), loadingOlder: false });
    } catch {
      this.become({ loadingOlder: false });
    }
  }

  say(content: string): void {
    this.toldTyping = 0;
    this.outbox.put(content);
  }

  /** Tries again, or with `false` gives it up. */
  retry(id: string, wanted = true): void {
    if (wanted) this.outbox.retry(id);
    else this.outbox.drop(new Set([id]));
  }

  type(typing: boolean): void {
    const now = Date.now();
    if (typing ? now - this.toldTyping < TYPING_TOLD : this.toldTyping === 0) return;
    this.toldTyping = typing ? now : 0;
    const { ticketId, withId } = this.place;
    this.live.send("/app/typing", {
      ticket_id: ticketId,
      ...(withId === null ? {} : { recipient_id: withId }),
      ...(typing ? {} : { stop: true }),
    });
  }

  /** How far others have seen it, as the API says. */
  saw(seen: readonly { user_id: string; seq: number }[]): void {
    this.company.saw(seen);
  }

  /** Everything that is here is on the screen now. */
  see(): void {
    const seq = last(this.state.known);
    if (seq <= this.toldSeen) return;
    const { ticketId, withId } = this.place;
    if (
      this.live.send("/app/seen", { ticket_id: ticketId, seq, ...(withId === null ? {} : { with: withId }) })
    ) {
      this.toldSeen = seq;
    }
  }

  private stop(): void {
    this.running = false;
    this.type(false);
    for (const end of this.ends.splice(0)) end();
    this.outbox.stop();
    this.company.stop();
  }

  /** After a cut: what was missed is read by its number, what was on its way is sent once more. */
  private again(): void {
    this.company.forget();
    void this.fill();
    this.outbox.again();
  }

  private post(pending: Pending): void {
    const { ticketId, withId } = this.place;
    const body = { ticket_id: ticketId, content: pending.content, client_message_id: pending.id };
    if (withId === null) this.live.send("/app/chat", body);
    else this.live.send("/app/private-chat", { ...body, recipient_id: withId });
  }

  private took(event: LiveEvent): void {
    if (!("ticket_id" in event) || event.ticket_id !== this.place.ticketId) return;
    switch (event.type) {
      case "message":
        if (this.isOurs(event)) this.heard(event);
        return;
      case "typing":
        if (this.place.withId === null || event.user_id === this.place.withId) this.company.types(event);
        return;
      case "seen":
        if ((event.with === undefined) === (this.place.withId === null)) this.company.saw([event]);
        return;
      case "presence":
        this.company.isThere(event);
        return;
      default:
        return;
    }
  }

  private isOurs(message: Message): boolean {
    const { withId, me } = this.place;
    if (withId === null) return !message.private;
    return (
      message.private &&
      [message.sender_id, message.recipient_id].sort().join() === [me, withId].sort().join()
    );
  }

  private heard(message: Message): void {
    this.company.types({ user_id: message.sender_id, name: message.sender_name, stop: true });
    const { known, askAfter } = add(this.state.known, [message]);
    if (known !== this.state.known) this.become({ known });
    this.settle(known.messages);
    // While the history is being read, a hole is what it will fill.
    if (askAfter !== null && this.state.status === "ready") void this.fill();
  }

  /** Reads what is missing after the last number without a hole. */
  private async fill(): Promise<void> {
    if (this.filling || this.state.status !== "ready") {
      if (this.state.status !== "ready") void this.load();
      return;
    }
    this.filling = true;
    try {
      for (let more = true; more && this.running; ) {
        const page = await readMessages(this.place, { limit: 100, after: last(this.state.known) });
        this.become({ known: add(this.state.known, page.items).known });
        this.settle(this.state.known.messages);
        more = page.has_more && page.items.length > 0;
      }
    } catch {
      // The next message, or the next connection, tries again.
    } finally {
      this.filling = false;
    }
  }

  /** The echo of a message takes the place of the one that was on its way: not before it is shown itself, after a hole. */
  private settle(messages: readonly Message[]): void {
    this.outbox.drop(new Set(messages.map((each) => each.client_message_id)));
  }

  private refused(event: LiveEvent): void {
    if (event.type === "error" && event.client_message_id !== undefined) {
      this.outbox.refused(event.client_message_id, event.detail);
    }
  }

  private become(change: Partial<ChatState>): void {
    this.state = { ...this.state, ...change };
    for (const watcher of [...this.watchers]) watcher();
  }
}
