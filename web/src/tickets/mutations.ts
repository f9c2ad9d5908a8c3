/** What changes tickets. Each says narrowly what it makes old; what somebody typed survives every failure. */
import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import type { Priority, Ticket, TicketChange } from "../api/types";
import { oldCounts, ticketKeys, ticketQuery } from "./queries";

/** A ticket as the API answered it: shown at once; what hangs on it is read again. */
export function took(queryClient: QueryClient, ticket: Ticket): void {
  queryClient.setQueryData(ticketQuery(ticket.id).queryKey, ticket);
  void queryClient.invalidateQueries({ queryKey: [...ticketKeys.one(ticket.id), "timeline"] });
  void queryClient.invalidateQueries({ queryKey: ticketKeys.lists });
  oldCounts(queryClient);
}

interface NewTicket {
  title: string;
  description: string;
  priority: Priority;
  client_id?: string;
}

export function useCreateTicket() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key }: { body: NewTicket; key: string }) =>
      ok(api.POST("/tickets", { body, params: { header: { "Idempotency-Key": key } } })),
    onSuccess: (ticket) => took(queryClient, ticket),
  });
}

/** `version`: refuse (412) if the ticket isn't any more as the reader saw it. */
export function useChangeTicket(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ change, version }: { change: TicketChange; version?: number }) =>
      ok(
        api.PATCH("/tickets/{ticket_id}", {
          params: {
            path: { ticket_id: id },
            header: version === undefined ? {} : { "If-Match": `"${version}"` },
          },
          body: change,
        }),
      ),
    onSuccess: (ticket) => took(queryClient, ticket),
    // Refused: most often it isn't any more as it was shown.
    onError: () => queryClient.invalidateQueries({ queryKey: ticketKeys.one(id) }),
  });
}

export interface Saying {
  kind: "comment" | "note";
  body: string;
  attachments: string[];
  /** The same for each try of the same text. */
  key: string;
}

export function useSay(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ kind, body, attachments, key }: Saying) => {
      const request = {
        params: { path: { ticket_id: id }, header: { "Idempotency-Key": key } },
        body: { body, ...(attachments.length > 0 ? { attachment_ids: attachments } : {}) },
      };
      return kind === "comment"
        ? ok(api.POST("/tickets/{ticket_id}/comments", request))
        : ok(api.POST("/tickets/{ticket_id}/notes", request));
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ticketKeys.one(id) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ticketKeys.lists }),
  });
}

/** Marks comments as read, up to the newest that was shown. */
export function useSeen(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (commentId: string) =>
      ok(
        api.PUT("/tickets/{ticket_id}/seen", {
          params: { path: { ticket_id: id } },
          body: { comment_id: commentId },
        }),
      ),
    onSuccess: () => {
      queryClient.setQueryData(ticketQuery(id).queryKey, (ticket) =>
        ticket === undefined ? ticket : { ...ticket, unread: { ...ticket.unread, comments: 0 } },
      );
      void queryClient.invalidateQueries({ queryKey: ticketKeys.lists });
    },
  });
}
