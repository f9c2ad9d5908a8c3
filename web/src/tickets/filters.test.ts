import { describe, expect, it } from "vitest";
import { asFilters, changed, parseTicketSearch } from "./filters";

describe("what the address of a list says", () => {
  it("keeps what can be asked and leaves out the rest", () => {
    const search = {
      q: "printer",
      status: ["closed", "nonsense", "open"],
      priority: "high,low",
      sort: "size",
      x: 1,
    };
    expect(parseTicketSearch(search)).toEqual({
      q: "printer",
      status: ["open", "closed"],
      priority: ["high", "low"],
    });
  });

  it("takes a number that the router read as one for a text", () => {
    expect(parseTicketSearch({ q: 12 })).toEqual({ q: "12" });
  });

  it("refuses days that aren't days", () => {
    expect(parseTicketSearch({ from: "2026-11-01", to: "yesterday" })).toEqual({ from: "2026-11-01" });
  });
});

describe("what is asked of the API", () => {
  it.each([
    ["#12", { number: 12 }],
    [" 12 ", { number: 12 }],
    ["12 monitors", { q: "12 monitors" }],
    ["#0", { q: "#0" }],
  ])("%j", (q, filters) => {
    expect(asFilters({ q })).toEqual(filters);
  });

  it("names people and days as the API does", () => {
    expect(asFilters({ assignee: "none", waiting: "agent", from: "2026-11-01" })).toEqual({
      assignee_id: "none",
      waiting_for: "agent",
      created_from: "2026-11-01",
    });
  });
});

it("what becomes undefined leaves the address", () => {
  expect(changed({ q: "a", sort: "created" }, { q: undefined })).toEqual({ sort: "created" });
});
