/** Which tickets a list shows: read from the address, so that a reload and a shared link show the same. */
import type { Priority, Status, TicketFilters } from "../api/types";

export const STATUSES: readonly Status[] = ["open", "in_progress", "resolved", "closed"];
export const PRIORITIES: readonly Priority[] = ["urgent", "high", "medium", "low"];

/** What of the filters stands in the address of `/tickets`. */
export interface TicketSearch {
  q?: string;
  status?: Status[];
  priority?: Priority[];
  assignee?: string;
  waiting?: "client" | "agent";
  team?: string;
  client?: string;
  from?: string;
  to?: string;
  sort?: "created";
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Of what somebody's address says, what can be asked; the rest is left out. */
export function parseTicketSearch(search: Record<string, unknown>): TicketSearch {
  const found: TicketSearch = {};
  const q =
    typeof search.q === "string" || typeof search.q === "number" ? String(search.q).slice(0, 200) : "";
  if (q.trim() !== "") found.q = q;
  const status = among(search.status, STATUSES);
  if (status.length > 0) found.status = status;
  const priority = among(search.priority, PRIORITIES);
  if (priority.length > 0) found.priority = priority;
  for (const name of ["assignee", "team", "client"] as const) {
    const value = search[name];
    if (typeof value === "string" && value !== "" && value.length <= 64) found[name] = value;
  }
  if (search.waiting === "client" || search.waiting === "agent") found.waiting = search.waiting;
  for (const name of ["from", "to"] as const) {
    const value = search[name];
    if (typeof value === "string" && DAY.test(value)) found[name] = value;
  }
  if (search.sort === "created") found.sort = "created";
  return found;
}

function among<T extends string>(value: unknown, known: readonly T[]): T[] {
  const wanted = Array.isArray(value) ? value : typeof value === "string" ? value.split(",") : [];
  return known.filter((each) => wanted.includes(each));
}

/** The API's parameters. A number alone (`#12`, `12`) looks for that ticket. */
export function asFilters(search: TicketSearch): TicketFilters {
  const { q, assignee, waiting, client, from, to, ...same } = search;
  const filters: TicketFilters = { ...same };
  const number = /^\s*#?(\d{1,9})\s*$/.exec(q ?? "")?.[1];
  if (number !== undefined && Number(number) > 0) filters.number = Number(number);
  else if (q !== undefined && q.trim() !== "") filters.q = q.trim();
  if (assignee !== undefined) filters.assignee_id = assignee;
  if (waiting !== undefined) filters.waiting_for = waiting;
  if (client !== undefined) filters.client_id = client;
  if (from !== undefined) filters.created_from = from;
  if (to !== undefined) filters.created_to = to;
  return filters;
}

/** Whether anything but the text is filtered. */
export function isFiltered(search: TicketSearch): boolean {
  return Object.keys(search).some((name) => name !== "q" && name !== "sort");
}

/** The search with some of it changed; what becomes undefined leaves the address. */
export function changed(
  search: TicketSearch,
  to: { [K in keyof TicketSearch]?: TicketSearch[K] | undefined },
): TicketSearch {
  return Object.fromEntries(Object.entries({ ...search, ...to }).filter(([, value]) => value !== undefined));
}
