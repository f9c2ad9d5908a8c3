import { queryOptions } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { ticketKeys } from "../tickets/queries";

/** The reader's conversations on a ticket: the public one, then private ones. */
export function conversationsQuery(ticketId: string) {
  return queryOptions({
    queryKey: [...ticketKeys.one(ticketId), "conversations"] as const,
    queryFn: ({ signal }) =>
      ok(
        api.GET("/tickets/{ticket_id}/chat/conversations", {
          params: { path: { ticket_id: ticketId }, query: { limit: 100 } },
          signal,
        }),
      ),
  });
}
