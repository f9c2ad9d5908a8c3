import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { asProblem, type Problem } from "../api/problem";
import type { Ticket, TicketChange } from "../api/types";
import { took } from "./mutations";
import { ticketKeys, ticketQuery } from "./queries";

interface Attempt {
  change: TicketChange;
  /** The ticket as it was seen when the change was made. */
  was: Ticket;
}

export interface Properties {
  /** `seen`: the ticket that the change is meant for, if not the one that was given. */
  set: (change: TicketChange, onSaved?: () => void, seen?: Ticket) => void;
  isPending: boolean;
  /** Refused because somebody was quicker. */
  conflict: Attempt | null;
  /** Refused for another reason. */
  problem: Problem | null;
  /** Tries what was refused on the ticket as it is now. */
  again: () => void;
  drop: () => void;
}

/** What of a change can be shown before it is answered: what needs no name to be looked up. */
function shownAtOnce(
  ticket: Ticket,
  { priority, title, description, tags, custom_fields }: TicketChange,
): Ticket {
  return {
    ...ticket,
    ...(priority === undefined ? {} : { priority }),
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(tags === undefined ? {} : { tags }),
    ...(custom_fields === undefined ? {} : { custom_fields }),
  };
}

/**
 * Changes of `ticket` as its reader saw it: shown at once, taken back where they are refused, and refused (412) if
 * somebody changed the ticket meanwhile. One after the other, so that none is refused because of one's own; of a ticket
 * that is `fixed`, the version that one began with counts, whatever came since.
 */
export function useProperty(ticket: Ticket, fixed = false): Properties {
  const cache = useQueryClient();
  const { queryKey } = ticketQuery(ticket.id);
  const [refused, setRefused] = useState<(Attempt & { problem: Problem }) | null>(null);
  const version = (was: Ticket) => (fixed ? was : (cache.getQueryData(queryKey) ?? was)).version;
  const mutation = useMutation({
    scope: { id: `ticket/${ticket.id}` },
    mutationFn: ({ change, was }: Attempt) =>
      ok(
        api.PATCH("/tickets/{ticket_id}", {
          params: {
            path: { ticket_id: ticket.id },
            header: { "If-Match": `"${version(was)}"` },
          },
          body: change,
        }),
      ),
    onMutate: async ({ change }) => {
      setRefused(null);
      await cache.cancelQueries({ queryKey, exact: true });
      cache.setQueryData(queryKey, (shown) => shown && shownAtOnce(shown, change));
    },
    onSuccess: (answer) => took(cache, answer),
    onError: async (error, attempt) => {
      // Back to what was there, but no further back than what others did meanwhile.
      cache.setQueryData(queryKey, (shown) =>
        shown !== undefined && shown.version === attempt.was.version ? attempt.was : shown,
      );
      await cache.invalidateQueries({ queryKey: ticketKeys.one(ticket.id) });
      setRefused({ ...attempt, problem: asProblem(error) });
    },
  });
  const set: Properties["set"] = (change, onSaved, seen = ticket) =>
    mutation.mutate({ change, was: seen }, { onSuccess: () => onSaved?.() });
  const conflict = refused !== null && refused.problem.status === 412 ? refused : null;
  return {
    set,
    isPending: mutation.isPending,
    conflict,
    problem: refused !== null && conflict === null ? refused.problem : null,
    again: () => refused !== null && set(refused.change),
    drop: () => setRefused(null),
  };
}
