import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { Ticket, User } from "../api/types";
import { useFormats } from "../i18n/format";
import { Icon, type IconName } from "../ui/icon";
import styles from "./ticket-page.module.css";

/** What the sentence hangs on, told apart from how it is said. */
export type Step =
  | "closed"
  | "solvedClosing"
  | "solved"
  | "yourAnswer"
  | "theirAnswer"
  | "queued"
  | "has"
  | "yours"
  | "waitsForClient"
  | "unassigned"
  | "theirs";

/** What comes next on a ticket for this reader: from its status, who has it, and whose turn it is. */
export function stepOf(
  ticket: Pick<Ticket, "status" | "waiting_for" | "assignee_id" | "client_id" | "closes_at">,
  reader: Pick<User, "id" | "role">,
): Step {
  if (ticket.status === "closed") return "closed";
  if (ticket.status === "resolved") return ticket.closes_at === null ? "solved" : "solvedClosing";
  if (reader.id === ticket.client_id && reader.role === "client") {
    if (ticket.waiting_for === "client") return "yourAnswer";
    if (ticket.assignee_id === null) return "queued";
    return ticket.status === "in_progress" ? "theirAnswer" : "has";
  }
  if (ticket.assignee_id === null) return "unassigned";
  if (ticket.waiting_for === "client") return "waitsForClient";
  return ticket.assignee_id === reader.id ? "yours" : "theirs";
}

const ICONS: Record<Step, IconName> = {
  closed: "lock",
  solvedClosing: "check",
  solved: "check",
  yourAnswer: "mail",
  theirAnswer: "person",
  queued: "clock",
  has: "person",
  yours: "person",
  waitsForClient: "clock",
  unassigned: "inbox",
  theirs: "person",
};

/** The first thing that is read on a ticket: a sentence on what comes next. */
export function NextStep({ ticket, reader }: { ticket: Ticket; reader: User }) {
  const step = stepOf(ticket, reader);
  const mine = step === "yourAnswer" || step === "yours";
  const good = step === "solved" || step === "solvedClosing";
  return (
    <p className={`${styles.next} ${mine ? styles.nextMine : ""} ${good ? styles.nextGood : ""}`}>
      <Icon name={ICONS[step]} />
      <span>{useSentence(step, ticket, reader.role === "client")}</span>
    </p>
  );
}

function useSentence(step: Step, ticket: Ticket, client: boolean): ReactNode {
  const formats = useFormats();
  const who = <bdi>{ticket.assignee_name}</bdi>;
  const asker = <bdi>{ticket.client_name}</bdi>;
  const closing = ticket.closes_at === null ? "" : formats.weekday(ticket.closes_at);
  switch (step) {
    case "closed":
      return client ? (
        <Trans>This ticket is closed. If it comes back, write a new one.</Trans>
      ) : (
        <Trans>This ticket is closed, and takes no more changes.</Trans>
      );
    case "solvedClosing":
      return client ? (
        <Trans>
          Solved? Then there is nothing to do: it closes by itself on {closing}. If not, reopen it or write a
          comment.
        </Trans>
      ) : (
        <Trans>
          Solved. It closes by itself on {closing}, unless {asker} reopens it.
        </Trans>
      );
    case "solved":
      return client ? (
        <Trans>Solved? Then you can close it. If not, reopen it or write a comment.</Trans>
      ) : (
        <Trans>Solved. {asker} can close or reopen it.</Trans>
      );
    case "yourAnswer":
      return ticket.assignee_name === null ? (
        <Trans>We need an answer of yours to go on.</Trans>
      ) : (
        <Trans>{who} waits for your answer to go on.</Trans>
      );
    case "theirAnswer":
      return <Trans>{who} is working on it and will answer you.</Trans>;
    case "has":
      return <Trans>{who} has it and will answer you.</Trans>;
    case "queued":
      return <Trans>It is in the queue: whoever has time first gets it, and you are told.</Trans>;
    case "yours":
      return <Trans>It is your turn: {asker} waits for an answer.</Trans>;
    case "waitsForClient":
      return <Trans>It waits for an answer of {asker}.</Trans>;
    case "unassigned":
      return <Trans>Nobody has it yet: it waits in the queue.</Trans>;
    case "theirs":
      return (
        <Trans>
          {who} has it; {asker} waits for an answer.
        </Trans>
      );
  }
}
