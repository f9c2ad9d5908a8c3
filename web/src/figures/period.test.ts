import { expect, it } from "vitest";
import { shifted } from "../i18n/days";
import { createdIn, parseFiguresSearch, spans } from "./period";

const days = (count: number, from = "2026-01-01") =>
  Array.from({ length: count }, (_, day) => ({ date: shifted(from, day), created: 2, resolved: 1 }));

it("reads days and team from the address, and leaves out what isn't one", () => {
  expect(parseFiguresSearch({ from: "2026-01-01", to: "2026-02-30", team: "sales", q: "x" })).toEqual({
    from: "2026-01-01",
    team: "sales",
  });
});

it.each([
  [30, 30],
  [62, 62],
  [90, 13],
  [730, 24],
])("shows %i days as %i bars", (count, bars) => {
  expect(spans(days(count))).toHaveLength(bars);
});

it("loses no ticket when days are put together", () => {
  const total = spans(days(365)).reduce((sum, span) => sum + span.created, 0);
  expect(total).toBe(730);
});

it("leads to a list that holds the last day", () => {
  expect(createdIn("2026-11-01", "2026-11-30")).toEqual({ from: "2026-11-01", to: "2026-12-01" });
});
