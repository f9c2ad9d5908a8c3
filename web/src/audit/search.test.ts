import { expect, test } from "vitest";
import { parseAuditSearch } from "./search";

test("an address says what is asked, and nothing else of it counts", () => {
  const asked = { action: "signed_in", actor: "A", from: "2026-02-01", to: "2026-02-28" };
  expect(parseAuditSearch({ ...asked, more: "x", subject: "" })).toEqual(asked);
  expect(parseAuditSearch({ from: "2026-02-30", to: 3, action: [] })).toEqual({});
});
