/** What the team's page shows, from its address: what isn't solved yet, unless the address says otherwise. */
import type { Status } from "../api/types";
import { STATUSES, type TicketSearch } from "../tickets/filters";

const ACTIVE: readonly Status[] = ["open", "in_progress"];

const same = (one: readonly Status[], other: readonly Status[]) => one.join() === other.join();

/** `status` left out means all of them; in the address it means what isn't solved yet. */
export function asShown({ status, ...rest }: TicketSearch): TicketSearch {
  if (status === undefined) return { ...rest, status: [...ACTIVE] };
  return same(status, STATUSES) ? rest : { ...rest, status };
}

export function asAddress({ status, ...rest }: TicketSearch): TicketSearch {
  if (status === undefined) return { ...rest, status: [...STATUSES] };
  return same(status, ACTIVE) ? rest : { ...rest, status };
}
