/**
 * A conversation as a list of numbered messages, whatever order, how often and with which holes they come. Pure: no network,
 * no React.
 */
import type { Message } from "../live/events";

/** What is known of a conversation: messages by `seq`, ascending, without a hole. `older`: there are some before the first. */
export interface Known {
  messages: readonly Message[];
  older: boolean;
}

export const NOTHING: Known = { messages: [], older: false };

export interface Merged {
  known: Known;
  /** The last number without a hole: what comes after it is to be asked for. Null where nothing is missing. */
  askAfter: number | null;
}

/** The number of the newest message, 0 where there is none. */
export function last(known: Known): number {
  return known.messages.at(-1)?.seq ?? 0;
}

/** The number of the oldest message that is here. */
export function first(known: Known): number | null {
  return known.messages[0]?.seq ?? null;
}

/**
 * Adds messages that were told live or read after a cut. One that leaves a hole is left out, and the hole named: whoever fills it
 * reads that one too.
 */
export function add(known: Known, some: readonly Message[]): Merged {
  const messages = [...known.messages];
  let missing = false;
  for (const message of [...some].sort((one, other) => one.seq - other.seq)) {
    const newest = messages.at(-1)?.seq ?? null;
    // The first that is heard of a conversation: there may be others before it.
    if (newest === null && message.seq > 1) missing = true;
    else if (newest === null || message.seq === newest + 1) messages.push(message);
    else if (message.seq > newest + 1) missing = true;
  }
  const merged = messages.length === known.messages.length ? known : { ...known, messages };
  return { known: merged, askAfter: missing ? last(merged) : null };
}

/** Puts a page that was read before the first message in front; what overlaps is dropped. */
export function addOlder(known: Known, page: readonly Message[], more: boolean): Known {
  const until = first(known) ?? Number.POSITIVE_INFINITY;
  const before = page.filter((message) => message.seq < until).sort((one, other) => one.seq - other.seq);
  return { messages: [...before, ...known.messages], older: more };
}

/** The newest page of all, where nothing is known, or too much was missed to be read piece by piece. */
export function begin(page: readonly Message[], more: boolean): Known {
  return { messages: [...page].sort((one, other) => one.seq - other.seq), older: more };
}
