/** The API's shapes under the names that the pages use. */
import type { Readable } from "openapi-typescript-helpers";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Role = "client" | "agent" | "admin";
export type Status = "open" | "in_progress" | "resolved" | "closed";
export type Priority = "low" | "medium" | "high" | "urgent";
export type Availability = "available" | "away";

export type User = Schemas["User"] | Schemas["AgentUser"];
export type SignedIn = Schemas["SignedIn"];

/** A session as this page holds it: `until` is when the token ends, in milliseconds. */
export interface Session {
  user: User;
  token: string;
  until: number;
}

export interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
}

/** What the caller may do with a ticket now (contract §9). */
export type Can = Schemas["Can"];

/** How much the caller hasn't seen; 100 is "100 or more". */
export type Unread = Schemas["Unread"];

export interface ListedTicket {
  id: string;
  number: number;
  title: string;
  status: Status;
  priority: Priority;
  client_id: string;
  client_name: string;
  assignee_id: string | null;
  assignee_name: string | null;
  team: string;
  channel: "web" | "api" | "email";
  tags: string[];
  custom_fields: Record<string, unknown>;
  waiting_for: "client" | "agent" | null;
  created_at: string;
  updated_at: string;
  first_response_at: string | null;
  last_public_message_at: string | null;
  resolved_at: string | null;
  closes_at: string | null;
  closed_at: string | null;
  reopened_count: number;
  version: number;
  unread?: Unread;
}

export interface Ticket extends ListedTicket {
  description: string;
  can: Can;
  unread: Unread;
}

export type TicketChange = Schemas["TicketChange"];

export interface Attachment {
  id: string;
  filename: string;
  content_type: string;
  size: number;
  status: "pending" | "ready";
  note_id: string | null;
  comment_id?: string | null;
  author_id: string;
  created_at: string;
}

/** A comment or a note. */
export interface Said {
  id: string;
  ticket_id: string;
  author_id: string;
  author_name: string;
  author_role: Role;
  body: string;
  trimmed?: string | null;
  attachments?: Attachment[];
  created_at: string;
}

/** One event of a ticket's timeline, with the comment, note or file that it tells of. */
export type TimelineEvent = Readable<Schemas["TimelineEvent"]>;

export interface TicketFilters {
  status?: Status[];
  priority?: Priority[];
  assignee_id?: string;
  client_id?: string;
  team?: string;
  created_from?: string;
  created_to?: string;
  q?: string;
  number?: number;
  waiting_for?: "client" | "agent";
  sort?: "created" | "work";
  include?: "unread";
}

export interface Counts {
  mine: { open: number; in_progress: number; resolved: number };
  waiting_for_me: number;
  queue?: number;
  team?: { open: number; in_progress: number; resolved: number } | null;
}

export interface Waiting extends ListedTicket {
  waiting_since: string;
  reason: "nobody_available" | "no_room" | "held_back";
}

export type Participant = Schemas["Participant"];

export type NotificationKind =
  | "assigned"
  | "comment"
  | "reopened"
  | "status"
  | "resolved"
  | "closing"
  | "chat";

export type Notification = Schemas["Notification"];

/** What the deployment is called and allows. `version` and `weights` for whoever is signed in. */
export type Config = Schemas["Config"];

export type SessionShown = Schemas["Session"];

export type Agent = Schemas["Agent"];

export type Conversation = Schemas["Conversation"];

/** What may be shown in place, and what a mail program would open. */
export type Download = Schemas["Download"];
