/** What is told live: the bodies of docs/asyncapi.yaml, told apart by `type`. */
import type {
  Agent,
  ListedTicket,
  Metrics,
  Notification,
  Report,
  Role,
  TimelineEvent,
  Unread,
} from "../api/types";

export interface Message {
  type: "message";
  id: string;
  ticket_id: string;
  seq: number;
  sender_id: string;
  sender_name: string;
  sender_role: Role;
  content: string;
  private: boolean;
  recipient_id?: string;
  client_message_id?: string;
  sent_at: string;
}

export interface Typing {
  type: "typing";
  ticket_id: string;
  user_id: string;
  name: string;
  stop: boolean;
}

export interface Seen {
  type: "seen";
  ticket_id: string;
  user_id: string;
  seq: number;
  with?: string;
  at: string;
}

export interface Presence {
  type: "presence";
  ticket_id: string;
  user_id: string;
  name: string;
  role: Role;
  online: boolean;
  at: string;
}

export interface Viewing {
  type: "viewing";
  ticket_id: string;
  user_id: string;
  name: string;
  online: boolean;
  writing: "comment" | "note" | null;
  at: string;
}

export interface Refused {
  type: "error";
  status: number;
  detail: string;
  client_message_id?: string;
}

export type LiveEvent =
  | Message
  | Typing
  | Seen
  | Presence
  | Viewing
  | Refused
  | { type: "ticket"; ticket: ListedTicket; at: string }
  | { type: "event"; ticket_id: string; event: TimelineEvent; at: string }
  | { type: "left"; ticket_id: string; at: string }
  | ({ type: "unread"; ticket_id: string; at: string } & Unread)
  | { type: "unread"; count: number; at: string }
  | { type: "agent"; agent: Agent; at: string }
  | { type: "queue"; waiting: number; at: string }
  | { type: "notification"; notification: Notification; at: string }
  | { type: "report"; report: Report; at: string }
  | { type: "metrics"; metrics: Metrics };
