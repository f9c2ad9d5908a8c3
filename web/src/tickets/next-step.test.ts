import { expect, it } from "vitest";
import { stepOf } from "./next-step";

const CLIENT = { id: "c", role: "client" } as const;
const AGENT = { id: "a", role: "agent" } as const;
const OTHER = { id: "b", role: "agent" } as const;
const ticket = {
  status: "open",
  waiting_for: "agent",
  assignee_id: "a",
  client_id: "c",
  closes_at: null,
} as const;

it.each([
  ["a client whose ticket nobody has", { ...ticket, assignee_id: null }, CLIENT, "queued"],
  ["a client whose ticket somebody has", ticket, CLIENT, "has"],
  ["a client whose ticket is worked on", { ...ticket, status: "in_progress" }, CLIENT, "theirAnswer"],
  ["a client who was asked", { ...ticket, waiting_for: "client" }, CLIENT, "yourAnswer"],
  [
    "a client whose ticket closes by itself",
    { ...ticket, status: "resolved", closes_at: "2026-12-04T00:00:00Z" },
    CLIENT,
    "solvedClosing",
  ],
  ["a client where nothing closes by itself", { ...ticket, status: "resolved" }, CLIENT, "solved"],
  ["its agent", ticket, AGENT, "yours"],
  ["its agent, who has asked", { ...ticket, waiting_for: "client" }, AGENT, "waitsForClient"],
  ["another agent", ticket, OTHER, "theirs"],
  ["an agent, while nobody has it", { ...ticket, assignee_id: null }, OTHER, "unassigned"],
  ["anybody, once it is closed", { ...ticket, status: "closed" }, OTHER, "closed"],
] as const)("%s reads what comes next", (_who, shown, reader, step) => {
  expect(stepOf(shown, reader)).toBe(step);
});
