import { expect, it } from "vitest";
import { held } from "./held";

const rows = (...ids: string[]) => ids.map((id) => ({ id, at: 1 }));

it("counts what came, and leaves every row in its place", () => {
  const now = held(rows("a", "b"), rows("c", "b", "a"));
  expect(now.items.map((row) => row.id)).toEqual(["a", "b"]);
  expect([now.fresh, now.changed, now.gone.size]).toEqual([1, true, 0]);
});

it("shows the newest of each row", () => {
  expect(held(rows("a"), [{ id: "a", at: 2 }]).items).toEqual([{ id: "a", at: 2 }]);
});

it("keeps a row that went, and says that it is gone", () => {
  const now = held(rows("a", "b"), rows("b"));
  expect(now.items.map((row) => row.id)).toEqual(["a", "b"]);
  expect([...now.gone]).toEqual(["a"]);
});

it("says nothing when nothing moved", () => {
  expect(held(rows("a", "b"), rows("a", "b")).changed).toBe(false);
});
