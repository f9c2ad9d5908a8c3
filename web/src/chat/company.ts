/** Who is in a conversation with the reader: who types, who is there, who has seen what. */
import type { Presence, Seen, Typing } from "../live/events";

export interface Person {
  id: string;
  name: string;
}

export interface CompanyState {
  typing: readonly Person[];
  online: readonly Person[];
  /** user id -> the last number they have seen */
  seen: Readonly<Record<string, number>>;
}

export const NOBODY: CompanyState = { typing: [], online: [], seen: {} };

/** Milliseconds for which "is writing" is shown when nothing more comes. */
const TYPING_SHOWN = 6_000;

export class Company {
  state: CompanyState = NOBODY;
  private readonly me: string;
  private readonly changed: () => void;
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly told = new Map<string, Presence>();

  constructor(me: string, changed: () => void) {
    this.me = me;
    this.changed = changed;
  }

  types({ user_id: id, name, stop }: Pick<Typing, "user_id" | "name" | "stop">): void {
    if (id === this.me) return;
    clearTimeout(this.timers.get(id));
    const typing = this.state.typing.filter((each) => each.id !== id);
    if (!stop) {
      typing.push({ id, name });
      this.timers.set(
        id,
        setTimeout(() => this.types({ user_id: id, name, stop: true }), TYPING_SHOWN),
      );
    } else if (typing.length === this.state.typing.length) return;
    this.become({ typing });
  }

  /** Of two events about somebody the later one counts, whichever comes first. */
  isThere(event: Presence): void {
    const before = this.told.get(event.user_id);
    if (before !== undefined && before.at > event.at) return;
    this.told.set(event.user_id, event);
    const online = [...this.told.values()].filter((each) => each.online);
    this.become({ online: online.map((each) => ({ id: each.user_id, name: each.name })) });
  }

  saw(some: readonly Pick<Seen, "user_id" | "seq">[]): void {
    const seen = { ...this.state.seen };
    for (const { user_id, seq } of some) seen[user_id] = Math.max(seen[user_id] ?? 0, seq);
    this.become({ seen });
  }

  /** After a cut: who is there is told anew. */
  forget(): void {
    this.stop();
    this.told.clear();
    this.become({ typing: [], online: [] });
  }

  stop(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private become(change: Partial<CompanyState>): void {
    this.state = { ...this.state, ...change };
    this.changed();
  }
}
