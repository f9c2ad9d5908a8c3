/**
 * What the contract says and the generated document doesn't say yet. An entry goes as soon as `schema.d.ts` has its
 * path; then this file goes.
 */
import type { paths as Generated } from "./schema";
import type {
  Attachment,
  Counts,
  Download,
  ListedTicket,
  Page,
  Said,
  Ticket,
  TicketFilters,
  TimelineEvent,
  Waiting,
} from "./types";

interface Paging {
  limit?: number;
  cursor?: string;
}
interface Ordered extends Paging {
  order?: "asc" | "desc";
}
interface Params {
  query?: unknown;
  path?: unknown;
  header?: unknown;
  body?: unknown;
  answer: unknown;
}
type Operation<P extends Params> = {
  parameters: { cookie?: never } & (P extends { query: infer Q } ? { query?: Q } : { query?: never }) &
    (P extends { path: infer T } ? { path: T } : { path?: never }) &
    (P extends { header: infer H } ? { header?: H } : { header?: never });
  responses: { 200: { headers: never; content: { "application/json": P["answer"] } } };
} & (P extends { body: infer B }
  ? { requestBody: { content: { "application/json": B } } }
  : { requestBody?: never });
type Of<Methods> = {
  [M in keyof Methods]: Methods[M] extends Params ? Operation<Methods[M]> : never;
};
interface OfTicket {
  path: { ticket_id: string };
}
interface Key {
  header: { "Idempotency-Key"?: string; "If-Match"?: string };
}

interface Soon {
  "/queue": Of<{ get: { query: Paging & { team?: string }; answer: Page<Waiting> } }>;
  "/tickets": Of<{
    get: { query: Paging & TicketFilters; answer: Page<ListedTicket> };
    post: Key & {
      body: {
        title: string;
        description: string;
        priority?: string;
        tags?: string[];
        client_id?: string;
        team?: string;
      };
      answer: Ticket;
    };
  }>;
  "/tickets/counts": Of<{ get: { answer: Counts } }>;
  "/tickets/{ticket_id}/timeline": Of<{ get: OfTicket & { query: Ordered; answer: Page<TimelineEvent> } }>;
  "/tickets/{ticket_id}/comments": Of<{
    get: OfTicket & { query: Ordered; answer: Page<Said> };
    post: OfTicket & Key & { body: { body: string; attachment_ids?: string[] }; answer: Said };
  }>;
  "/tickets/{ticket_id}/notes": Of<{
    get: OfTicket & { query: Ordered; answer: Page<Said> };
    post: OfTicket & Key & { body: { body: string; attachment_ids?: string[] }; answer: Said };
  }>;
  "/tickets/{ticket_id}/attachments": Of<{
    get: OfTicket & { query: Ordered; answer: Page<Attachment> };
    post: OfTicket &
      Key & {
        body: { filename: string; content_type: string; size: number; note_id?: string; hold?: boolean };
        answer: {
          id: string;
          status: "pending";
          upload: { url: string; fields: Record<string, string> };
          expires_at: string;
        };
      };
  }>;
  "/tickets/{ticket_id}/attachments/{attachment_id}": Of<{
    get: {
      path: { ticket_id: string; attachment_id: string };
      query: { inline?: boolean };
      answer: Download;
    };
  }>;
}

export type paths = Omit<Generated, keyof Soon> & Soon;
