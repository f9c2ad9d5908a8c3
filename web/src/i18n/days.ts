/** Calendar days as the API writes them, `YYYY-MM-DD`, without a time or a zone. Pure. */

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LENGTH = 86_400_000;

/** The day if it is one of the calendar. */
export function asDay(value: unknown): string | undefined {
  if (typeof value !== "string" || !DAY.test(value)) return undefined;
  const at = new Date(value);
  // "2026-02-30" is read as 2 March.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value) ? value : undefined;
}

/** The day that it is at `now` in a time zone, by default the browser's. */
export function today(zone: string | undefined, now: Date = new Date()): string {
  const parts = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    ...(zone ? { timeZone: zone } : {}),
  }).formatToParts(now);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** `count` days later, or earlier where it is negative. */
export function shifted(day: string, count: number): string {
  return new Date(Date.parse(day) + count * LENGTH).toISOString().slice(0, 10);
}
