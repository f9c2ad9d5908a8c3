/** What is read of tickets, each once, under keys that nest from "tickets" down. */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { listOptions } from "../api/queries";
import type { ListedTicket, Page, TicketFilters } from "../api/types";

/** Every key of the feature begins with one of these. */
export const ticketKeys = {
  all: ["tickets"] as const,
  lists: ["tickets", "list"] as const,
  counts: ["tickets", "counts"] as const,
  one: (id: string) => ["tickets", "one", id] as const,
};

export function ticketsQuery(filters: TicketFilters) {
  const asked: TicketFilters = { ...filters, include: ["unread"] };
  return listOptions([...ticketKeys.lists, asked] as const, (cursor, signal) =>
    ok(api.GET("/tickets", { params: { query: { ...asked, ...(cursor ? { cursor } : {}) } }, signal })),
  );
}

const ACTIVE: TicketFilters = { assignee_id: "me", status: ["open", "in_progress"], sort: "work" };

/** My active tickets by whose turn it is, in the order in which they should be done. */
export function workQuery(waitingFor: "agent" | "client") {
  return ticketsQuery({ ...ACTIVE, waiting_for: waitingFor });
}

/** A page of the same, read anew. */
export function workPage(waitingFor: "agent" | "client", cursor?: string): Promise<Page<ListedTicket>> {
  const query: TicketFilters = { ...ACTIVE, waiting_for: waitingFor };
  return ok(api.GET("/tickets", { params: { query: { ...query, ...(cursor ? { cursor } : {}) } } }));
}

/** Milliseconds for which changes are gathered before the counts are read again. */
const GATHERED = 2_000;

export const countsQuery = queryOptions({
  queryKey: ticketKeys.counts,
  queryFn: ({ signal }) => ok(api.GET("/tickets/counts", { signal })),
  staleTime: 60_000,
  refetchInterval: (query) => (query.state.isInvalidated ? GATHERED : false),
});

/** The counts are old: they are read again in a moment, once for all that happens until then. */
export function oldCounts(cache: QueryClient): void {
  void cache.invalidateQueries({ queryKey: ticketKeys.counts, refetchType: "none" });
}

export function ticketQuery(id: string) {
  return queryOptions({
    queryKey: ticketKeys.one(id),
    queryFn: ({ signal }) =>
      ok(api.GET("/tickets/{ticket_id}", { params: { path: { ticket_id: id } }, signal })),
  });
}

/** The newest page first, each page newest first: pages of what went before are added as they are asked for. */
export function timelineQuery(id: string) {
  return listOptions([...ticketKeys.one(id), "timeline"] as const, (cursor, signal) =>
    ok(
      api.GET("/tickets/{ticket_id}/timeline", {
        params: {
          path: { ticket_id: id },
          query: { order: "desc", limit: 50, ...(cursor ? { cursor } : {}) },
        },
        signal,
      }),
    ),
  );
}

export function participantsQuery(id: string) {
  return queryOptions({
    queryKey: [...ticketKeys.one(id), "participants"] as const,
    queryFn: ({ signal }) =>
      ok(
        api.GET("/tickets/{ticket_id}/participants", {
          params: { path: { ticket_id: id }, query: { limit: 100 } },
          signal,
        }),
      ),
  });
}
