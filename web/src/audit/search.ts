/** What the audit's page reads from its address; apart from the words, which only that page needs. */
import { asDay } from "../i18n/days";

export interface AuditSearch {
  action?: string;
  /** Account ids: who did it, and to whom. */
  actor?: string;
  subject?: string;
  /** Days, both inclusive. */
  from?: string;
  to?: string;
}

const TEXTS = ["action", "actor", "subject"] as const;
const DAYS = ["from", "to"] as const;

/** Of what somebody's address says, what can be asked; the rest is left out. */
export function parseAuditSearch(search: Record<string, unknown>): AuditSearch {
  const texts = TEXTS.filter((name) => typeof search[name] === "string" && search[name] !== "");
  const days = DAYS.filter((name) => asDay(search[name]) !== undefined);
  return Object.fromEntries([...texts, ...days].map((name) => [name, search[name]]));
}
