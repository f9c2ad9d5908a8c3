/** The API's shapes under the names that the pages use. */
import type { Readable } from "openapi-typescript-helpers";
import type { components, operations } from "./schema";

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

export type ListedTicket = Readable<Schemas["ListedTicket"]>;

export type Ticket = Readable<Schemas["Ticket"]>;

export type TicketChange = Schemas["TicketChange"];

export type Attachment = Readable<Schemas["Attachment"]>;

/** A comment or a note. */
export type Said = Readable<Schemas["Comment"]> & { trimmed?: string | null };

/** One event of a ticket's timeline, with the comment, note or file that it tells of. */
export type TimelineEvent = Readable<Schemas["TimelineEvent"]>;

export type TicketFilters = Omit<
  NonNullable<operations["list_tickets"]["parameters"]["query"]>,
  "limit" | "cursor"
>;

export type Counts = Schemas["Counts"];

/** A ticket that nobody has, and why. */
export type Waiting = Readable<Schemas["QueuedTicket"]>;

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

export type Metrics = Schemas["Metrics"];

export type AgentFigures = Schemas["AgentFigures"];

export type Report = Schemas["Report"];

export type NewReport = Schemas["NewReport"];

export type Schedule = Schemas["Schedule"];

export type NewSchedule = Schemas["NewSchedule"];

export type UserChange = Schemas["UserChange"];

export type NewUser = Schemas["NewUser"];

export type KeptMail = Readable<Schemas["KeptMail"]>;

export type AuditEntry = Readable<Schemas["AuditEntry"]>;
