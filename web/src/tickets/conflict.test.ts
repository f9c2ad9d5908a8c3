import { expect, it } from "vitest";
import type { Ticket } from "../api/types";
import { differences } from "./conflict";

const ticket = { title: "Printer", priority: "low", tags: ["a"], version: 1 } as Ticket;

it("names the fields that somebody else changed, and no others", () => {
  expect(differences(ticket, { ...ticket, priority: "high", tags: ["a", "b"], version: 3 })).toEqual([
    "priority",
    "tags",
  ]);
});

it("finds nothing where only the version went on", () => {
  expect(differences(ticket, { ...ticket, version: 2 })).toEqual([]);
});
