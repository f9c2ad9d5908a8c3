import { describe, expect, it } from "vitest";
import type { Message } from "../live/events";
import { add, addOlder, begin, first, type Known, last, NOTHING } from "./gaps";

function message(seq: number): Message {
  return {
    type: "message",
    id: `m${seq}`,
    ticket_id: "t",
    seq,
    sender_id: "u",
    sender_name: "Anna",
    sender_role: "agent",
    content: `message ${seq}`,
    private: false,
    sent_at: "2026-11-30T10:00:00Z",
  };
}

const some = (...numbers: number[]) => numbers.map(message);
const numbers = (known: Known) => known.messages.map((each) => each.seq);

describe("a conversation", () => {
  it("takes messages as they come, each once", () => {
    let known = begin(some(1, 2), false);
    for (const seq of [3, 3, 2, 4]) known = add(known, some(seq)).known;
    expect(numbers(known)).toEqual([1, 2, 3, 4]);
  });

  it("names a hole and shows nothing behind it until it is filled", () => {
    const merged = add(begin(some(1, 2), false), some(5));
    expect(numbers(merged.known)).toEqual([1, 2]);
    expect(merged.askAfter).toBe(2);
    const filled = add(merged.known, some(3, 4, 5));
    expect(numbers(filled.known)).toEqual([1, 2, 3, 4, 5]);
    expect(filled.askAfter).toBeNull();
  });

  it("puts what comes in the wrong order in its place", () => {
    const merged = add(begin(some(1), false), some(4, 2, 3));
    expect(numbers(merged.known)).toEqual([1, 2, 3, 4]);
    expect(merged.askAfter).toBeNull();
  });

  it("begins with the first message, and asks when it hears of a later one first", () => {
    expect(numbers(add(NOTHING, some(1)).known)).toEqual([1]);
    expect(add(NOTHING, some(7)).askAfter).toBe(0);
  });

  it("is the same object when nothing is new", () => {
    const known = begin(some(1, 2), false);
    expect(add(known, some(1)).known).toBe(known);
  });

  it("drops what overlaps with an older page", () => {
    const known = addOlder(begin(some(4, 5), true), some(2, 3, 4), true);
    expect(numbers(known)).toEqual([2, 3, 4, 5]);
    expect(known.older).toBe(true);
    expect([first(known), last(known)]).toEqual([2, 5]);
  });
});
