import { expect, it } from "vitest";
import { asAddress, asShown } from "./team-search";

it("shows what isn't solved yet at a bare address", () => {
  expect(asShown({})).toEqual({ status: ["open", "in_progress"] });
});

it.each([
  [{ q: "printer" }],
  [{ status: ["closed"] as const }],
  [{ status: ["open", "in_progress"] as const, team: "sales" }],
])("reads from the address what it wrote: %j", (search) => {
  const shown = JSON.parse(JSON.stringify(search));
  expect(asShown(asAddress(shown))).toEqual(shown);
});
