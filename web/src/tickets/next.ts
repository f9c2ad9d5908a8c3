/** Which ticket is next: the first of mine that waits for me, then the first of the others. */
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { asProblem } from "../api/problem";
import type { ListedTicket } from "../api/types";
import { outgoing } from "./outgoing";
import { workPage } from "./queries";

/**
 * Read anew: what the page shows may be a moment old. `but` is the ticket that one is just leaving; what is about to be
 * resolved counts as done.
 */
async function nextTicket(but?: string): Promise<ListedTicket | null> {
  const done = new Set(outgoing().flatMap((item) => (item.status === undefined ? [] : [item.ticketId])));
  for (const turn of ["agent", "client"] as const) {
    let cursor: string | undefined;
    // A page may be empty and not the last.
    do {
      const page = await workPage(turn, cursor);
      const found = page.items.find((ticket) => ticket.id !== but && !done.has(ticket.id));
      if (found !== undefined) return found;
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
  }
  return null;
}

interface Next {
  /** Leads to the next ticket; false: there is none. */
  go: (but?: string) => Promise<boolean>;
  isPending: boolean;
}

/** `onFailed` gets the problem when it can't be looked up. */
export function useNext(onFailed: (error: unknown) => void): Next {
  const navigate = useNavigate();
  const [isPending, setPending] = useState(false);
  const go = async (but?: string) => {
    setPending(true);
    try {
      const ticket = await nextTicket(but);
      if (ticket === null) return false;
      await navigate({ to: "/tickets/$ticketId", params: { ticketId: ticket.id } });
    } catch (error) {
      onFailed(asProblem(error));
    } finally {
      setPending(false);
    }
    return true;
  };
  return { go, isPending };
}
