/** What is read of a team's agents and of its waiting tickets, and what an agent changes there. */
import { type QueryClient, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { listOptions } from "../api/queries";
import type { Agent, Availability, Page, TicketFilters } from "../api/types";
import { took } from "../tickets/mutations";
import { ticketsQuery } from "../tickets/queries";

export const queueKeys = { waiting: ["queue"] as const, agents: ["agents"] as const };

const ACTIVE: TicketFilters = { assignee_id: "me", status: ["open", "in_progress"], sort: "work" };

/** My active tickets by whose turn it is, in the order in which they should be done. */
export function workQuery(waitingFor: "agent" | "client") {
  return ticketsQuery({ ...ACTIVE, waiting_for: waitingFor });
}

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

/** The active agents of a team, or of all teams: up to 100 of them. */
export function agentsQuery(team?: string) {
  return queryOptions({
    queryKey: [...queueKeys.agents, { team }] as const,
    queryFn: ({ signal }) =>
      ok(api.GET("/agents", { params: { query: { limit: 100, ...(team ? { team } : {}) } }, signal })),
  });
}

export const teamsQuery = queryOptions({
  queryKey: ["teams"] as const,
  queryFn: ({ signal }) => ok(api.GET("/teams", { params: { query: { limit: 100 } }, signal })),
  staleTime: 300_000,
});

/** What is known anew of an agent, wherever agents are shown. */
export function tookAgent(cache: QueryClient, agent: Agent): void {
  cache.setQueriesData<Page<Agent>>({ queryKey: queueKeys.agents }, (page) =>
    page === undefined
      ? page
      : { ...page, items: page.items.map((each) => (each.id === agent.id ? agent : each)) },
  );
}

/** Switches at once, and back if it is refused. */
export function useAvailability(me: Agent | undefined) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (availability: Availability) =>
      ok(api.PUT("/agents/me/availability", { body: { availability } })),
    onMutate: async (availability) => {
      await cache.cancelQueries({ queryKey: queueKeys.agents });
      if (me !== undefined) tookAgent(cache, { ...me, availability });
    },
    onSuccess: (agent) => tookAgent(cache, agent),
    onError: () => me !== undefined && tookAgent(cache, me),
    // Whoever has time now may be given something.
    onSettled: () => cache.invalidateQueries({ queryKey: queueKeys.waiting }),
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
      void cache.invalidateQueries({ queryKey: queueKeys.agents });
    },
  });
}
