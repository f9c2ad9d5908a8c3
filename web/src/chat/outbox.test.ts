import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Outbox, type Pending } from "./outbox";

let posted: string[];
let shown: readonly Pending[];
let outbox: Outbox;

beforeEach(() => {
  vi.useFakeTimers();
  posted = [];
  shown = [];
  outbox = new Outbox({
    post: (pending) => posted.push(pending.content),
    changed: (pending) => {
      shown = pending;
    },
    silent: () => undefined,
  });
});

afterEach(() => {
  outbox.stop();
  vi.useRealTimers();
});

const idOf = (content: string) => shown.find((each) => each.content === content)?.id ?? "";

test("both are shown at once, and the second is sent when the first is back", () => {
  outbox.put("one");
  outbox.put("two");
  expect(shown.map((each) => each.content)).toEqual(["one", "two"]);
  expect(posted).toEqual(["one"]);
  outbox.drop(new Set([idOf("one")]));
  expect(posted).toEqual(["one", "two"]);
  outbox.drop(new Set([idOf("two")]));
  expect(shown).toEqual([]);
});

test("one that is refused holds nothing up", () => {
  outbox.put("one");
  outbox.put("two");
  outbox.refused(idOf("one"), "Too long.");
  expect(posted).toEqual(["one", "two"]);
  expect(shown.map((each) => each.state)).toEqual(["failed", "sending"]);
});

test("on a new connection all that had no answer are sent again, in their order", () => {
  outbox.put("one");
  outbox.put("two");
  vi.advanceTimersByTime(10_000);
  expect(shown.map((each) => each.state)).toEqual(["failed", "failed"]);
  posted = [];
  outbox.again();
  expect(posted).toEqual(["one"]);
  outbox.drop(new Set([idOf("one")]));
  expect(posted).toEqual(["one", "two"]);
});

test("what comes back twice sends nothing twice", () => {
  outbox.put("one");
  outbox.put("two");
  const first = new Set([idOf("one")]);
  outbox.drop(first);
  outbox.drop(first);
  expect(posted).toEqual(["one", "two"]);
});
