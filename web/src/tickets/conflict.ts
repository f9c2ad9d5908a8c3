/** What became of a ticket while somebody changed something else of it. */
import type { Ticket } from "../api/types";

const FIELDS = [
  "title",
  "description",
  "status",
  "priority",
  "assignee_id",
  "team",
  "tags",
  "custom_fields",
] as const;

export type Field = (typeof FIELDS)[number];

/** The fields that differ, in the order in which they stand on the page. */
export function differences(was: Ticket, now: Ticket): Field[] {
  return FIELDS.filter((field) => JSON.stringify(was[field]) !== JSON.stringify(now[field]));
}
