import { expect, it } from "vitest";
import { asDay, shifted, today } from "./days";

it.each([
  ["2026-02-28", "2026-02-28"],
  ["2026-02-30", undefined],
  ["2026-2-3", undefined],
  [20_260_203, undefined],
  ["yesterday", undefined],
])("of %j the day is %j", (value, day) => {
  expect(asDay(value)).toBe(day);
});

it("is another day in another zone", () => {
  const now = new Date("2026-11-30T23:30:00Z");
  expect([today("UTC", now), today("Asia/Riyadh", now), today("America/New_York", now)]).toEqual([
    "2026-11-30",
    "2026-12-01",
    "2026-11-30",
  ]);
});

it("steps over months and leap days", () => {
  expect([shifted("2028-03-01", -1), shifted("2026-12-31", 1)]).toEqual(["2028-02-29", "2027-01-01"]);
});
