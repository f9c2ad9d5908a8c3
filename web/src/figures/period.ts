/** Which days the figures are of, from the address; and the days of a period put together where they are many. Pure. */
import type { Metrics } from "../api/types";
import { asDay, shifted } from "../i18n/days";

/** What stands in the address of `/figures`. Without days: the last 30. */
export interface FiguresSearch {
  from?: string;
  to?: string;
  team?: string;
}

/** Of what somebody's address says, what can be asked; the rest is left out. */
export function parseFiguresSearch(search: Record<string, unknown>): FiguresSearch {
  const from = asDay(search.from);
  const to = asDay(search.to);
  const { team } = search;
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(typeof team === "string" && team !== "" && team.length <= 40 ? { team } : {}),
  };
}

/** Days that are shown as one, both included. */
export interface Span {
  from: string;
  to: string;
  created: number;
  resolved: number;
}

type Day = Metrics["per_day"][number];

/** Up to this many days each has a bar of its own; then a week, then a month has. */
const SINGLE = 62;
const WEEKLY = 400;

export function spans(days: readonly Day[]): Span[] {
  const first = days[0]?.date ?? "";
  const key = (day: string): string => {
    if (days.length <= SINGLE) return day;
    if (days.length > WEEKLY) return day.slice(0, 7);
    return String(Math.floor((Date.parse(day) - Date.parse(first)) / (7 * 86_400_000)));
  };
  const found = new Map<string, Span>();
  for (const { date, created, resolved } of days) {
    const span = found.get(key(date)) ?? { from: date, to: date, created: 0, resolved: 0 };
    found.set(key(date), {
      from: span.from,
      to: date,
      created: span.created + created,
      resolved: span.resolved + resolved,
    });
  }
  return [...found.values()];
}

/** The list of tickets that were created in these days: its end is exclusive. */
export function createdIn(from: string, to: string, team?: string) {
  return { from, to: shifted(to, 1), ...(team === undefined ? {} : { team }) };
}
