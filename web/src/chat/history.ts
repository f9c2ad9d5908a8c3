/** What the API knows of a conversation: its messages by number. */
import { api, ok } from "../api/client";
import type { Message } from "../live/events";

/** Which conversation: `withId` is the other person of a private one; null: everybody on the ticket. */
export interface Place {
  ticketId: string;
  withId: string | null;
}

interface Page {
  items: Message[];
  has_more: boolean;
}

/** Without `before` and `after` the newest page; messages are ascending. */
export function readMessages(
  { ticketId, withId }: Place,
  query: { limit: number; before?: number; after?: number },
): Promise<Page> {
  const asked = { ...query, ...(withId === null ? {} : { with: withId }) };
  const params = { path: { ticket_id: ticketId }, query: asked };
  return ok(api.GET("/tickets/{ticket_id}/chat", { params })) as Promise<Page>;
}
