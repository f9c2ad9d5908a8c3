import { expect, it } from "vitest";
import { drawn } from "./qr-code";

it("leaves four modules of quiet around the code", () => {
  const { size, path } = drawn("otpauth://totp/Lambdesk:ann@example.com?secret=ABC");
  const places = [...path.matchAll(/M(\d+) (\d+)/g)].flatMap(([, x, y]) => [Number(x), Number(y)]);
  expect(Math.min(...places)).toBe(4);
  expect(Math.max(...places)).toBe(size - 5);
});
