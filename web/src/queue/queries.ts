/** What is read of a team's waiting tickets, and what an agent changes in the queue. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { listOptions } from "../api/queries";
import type { Availability } from "../api/types";
import { peopleKeys, tookAgent } from "../people/queries";
import { took } from "../tickets/mutations";

export const queueKeys = { waiting: ["queue"] as const };

/** Tickets that nobody has. `team` undefined: the caller's own, for an admin those of all teams. */
export function waitingQuery(team?: string) {
  return listOptions([...queueKeys.waiting, { team }] as const, (cursor, signal) =>
    ok(
      api.GET("/queue", {
        params: { query: { ...(team ? { team } : {}), ...(cursor ? { cursor } : {}) } },
        signal,
      }),
    ),
  );
}

/** Makes the agent available or away. Several in a row are sent one after the other. */
export function useAvailability() {
  const cache = useQueryClient();
  return useMutation({
    scope: { id: "availability" },
    mutationFn: (availability: Availability) =>
      ok(api.PUT("/agents/me/availability", { body: { availability } })),
    // A list that is on its way may still tell of the state before.
    onMutate: () => cache.cancelQueries({ queryKey: peopleKeys.agents }),
    onSuccess: (agent) => tookAgent(cache, agent),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: peopleKeys.agents });
      // Whoever has time now may be given something.
      void cache.invalidateQueries({ queryKey: queueKeys.waiting });
    },
  });
}

/** Makes a waiting ticket one's own. */
export function useTake(me: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (ticketId: string) =>
      ok(
        api.PATCH("/tickets/{ticket_id}", {
          params: { path: { ticket_id: ticketId } },
          body: { assignee_id: me },
        }),
      ),
    onSuccess: (ticket) => took(cache, ticket),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: queueKeys.waiting });
      void cache.invalidateQueries({ queryKey: peopleKeys.agents });
    },
  });
}
