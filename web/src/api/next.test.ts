import { expect, it } from "vitest";
import { safeNext } from "./next";

it.each([
  ["/tickets?q=a#b", "/tickets?q=a#b"],
  ["/", "/"],
  [undefined, null],
  ["//evil.example", null],
  ["/\\evil.example", null],
  ["https://evil.example", null],
  ["javascript:alert(1)", null],
  ["/login?next=/login", null],
  ["/\t/evil.example", null],
])("sign-in leads from %j to %j", (wanted, leads) => {
  expect(safeNext(wanted)).toBe(leads);
});
