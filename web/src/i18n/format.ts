/** Dates, times, numbers and sizes in the reader's language and time zone. */
import { useLingui } from "@lingui/react";
import { useMemo } from "react";
import { useUser } from "../api/use-user";
import { formatting } from "./index";

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];
const WEEK = 7 * 86_400;
const SPANS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

export class Formats {
  private readonly tag: string;
  private readonly zone: { timeZone?: string };

  constructor(locale: string, timeZone: string | null | undefined) {
    this.tag = formatting(locale);
    this.zone = timeZone ? { timeZone } : {};
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.tag).format(value);
  }

  /** "100 or more" is what the API's 100 means. */
  count(value: number): string {
    return value >= 100 ? `${this.number(99)}+` : this.number(value);
  }

  /** Day and time to the minute. */
  exact(at: string): string {
    return this.date(at, { dateStyle: "full", timeStyle: "short" });
  }

  day(at: string): string {
    return this.date(at, { day: "numeric", month: "long", year: "numeric" });
  }

  weekday(at: string): string {
    return this.date(at, { weekday: "long", day: "numeric", month: "long" });
  }

  time(at: string): string {
    return this.date(at, { timeStyle: "short" });
  }

  /** "5 minutes ago" within a week, then the date. */
  relative(at: string, now: number): string {
    const seconds = (Date.parse(at) - now) / 1000;
    if (Math.abs(seconds) >= WEEK) {
      const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
      return this.date(at, { day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) });
    }
    const words = new Intl.RelativeTimeFormat(this.tag, { numeric: "auto" });
    for (const [unit, size] of STEPS) {
      if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit);
    }
    return words.format(0, "second");
  }

  size(bytes: number): string {
    const [unit, value] =
      bytes >= 1_000_000
        ? (["megabyte", bytes / 1_000_000] as const)
        : (["kilobyte", Math.max(1, bytes / 1000)] as const);
    const options = {
      style: "unit",
      unit,
      unitDisplay: "short",
      maximumFractionDigits: value < 10 ? 1 : 0,
    } as const;
    return new Intl.NumberFormat(this.tag, options).format(value);
  }

  /** A calendar day of the API's, `YYYY-MM-DD`: the same one in every zone. */
  calendar(day: string): string {
    const options = { day: "numeric", month: "short", timeZone: "UTC" } as const;
    return new Intl.DateTimeFormat(this.tag, options).format(new Date(day));
  }

  /** From one calendar day to another: "3 – 9 November 2026". */
  days(from: string, to: string): string {
    const options = { dateStyle: "long", timeZone: "UTC" } as const;
    return new Intl.DateTimeFormat(this.tag, options).formatRange(new Date(from), new Date(to));
  }

  /** How long something took, in its two largest units: "1 day, 4 hr". */
  duration(seconds: number): string {
    const whole = Math.max(0, Math.round(seconds));
    const first = SPANS.findIndex(([, size]) => whole >= size);
    const from = first === -1 ? SPANS.length - 1 : first;
    let left = whole;
    const parts: string[] = [];
    for (const [unit, size] of SPANS.slice(from, from + 2)) {
      const count = Math.floor(left / size);
      left -= count * size;
      if (count === 0 && parts.length > 0) continue;
      const options = { style: "unit", unit, unitDisplay: "short" } as const;
      parts.push(new Intl.NumberFormat(this.tag, options).format(count));
    }
    return new Intl.ListFormat(this.tag, { type: "unit", style: "narrow" }).format(parts);
  }

  list(names: string[]): string {
    return new Intl.ListFormat(this.tag, { type: "conjunction" }).format(names);
  }

  private date(at: string, options: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(this.tag, { ...options, ...this.zone }).format(new Date(at));
  }
}

export function useFormats(): Formats {
  const { i18n } = useLingui();
  const zone = useUser()?.time_zone;
  const { locale } = i18n;
  return useMemo(() => new Formats(locale, zone), [locale, zone]);
}
