import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { Ticket, TimelineEvent, User } from "../api/types";
import { Icon, type IconName } from "../ui/icon";
import { Time } from "../ui/time";
import { Attachments } from "./attachments";
import styles from "./timeline.module.css";
import { PRIORITY_WORDS, STATUS_WORDS } from "./words";

type Other = Exclude<TimelineEvent, { kind: "comment" | "note" | "created" }>;

interface Props {
  event: Other;
  ticket: Ticket;
  reader: User;
}

/** A change in one line, between what people wrote. */
export function Happened({ event, ticket, reader }: Props) {
  return (
    <li className={styles.happened}>
      <span className={styles.dot}>
        <Icon name={iconOf(event)} size={16} />
      </span>
      <div className={styles.line}>
        <span>
          <Sentence event={event} reader={reader} />
        </span>{" "}
        <Time at={event.at} />
        {event.kind === "attachment" && <Attachments ticketId={ticket.id} files={[event.said]} />}
      </div>
    </li>
  );
}

function iconOf(event: Other): IconName {
  if (event.kind === "attachment") return "attach";
  if (event.kind === "assigned" || event.field === "assignee_id") return "person";
  if (event.field === "status") return event.to === "resolved" || event.to === "closed" ? "check" : "ticket";
  return "info";
}

function Sentence({ event, reader }: Omit<Props, "ticket">): ReactNode {
  const { i18n } = useLingui();
  const who = event.actor_id === reader.id ? <Trans>You</Trans> : <bdi>{event.actor_name}</bdi>;
  if (event.kind === "attachment") return <Trans>{who} added a file</Trans>;
  if (event.kind === "assigned") return <AssignedTo event={event} reader={reader} />;
  switch (event.field) {
    case "assignee_id":
      return event.reason === "manual" ? (
        <Trans>{who} put it back into the queue</Trans>
      ) : (
        <Trans>It went back into the queue</Trans>
      );
    case "status": {
      const to = i18n._(STATUS_WORDS[event.to]);
      if (event.reason === "schedule") return <Trans>It was closed by itself</Trans>;
      if (event.from === "resolved" && event.to === "in_progress")
        return <Trans>{who} opened it again</Trans>;
      if (event.to === "in_progress") return <Trans>{who} started to work on it</Trans>;
      if (event.to === "resolved") return <Trans>{who} resolved it</Trans>;
      if (event.to === "closed") return <Trans>{who} closed it</Trans>;
      return (
        <Trans>
          {who} set the state to {to}
        </Trans>
      );
    }
    case "priority": {
      const from = i18n._(PRIORITY_WORDS[event.from]);
      const to = i18n._(PRIORITY_WORDS[event.to]);
      return (
        <Trans>
          {who} changed the priority from {from} to {to}
        </Trans>
      );
    }
    case "team": {
      const to = <bdi>{event.to}</bdi>;
      return (
        <Trans>
          {who} gave it to the team {to}
        </Trans>
      );
    }
    case "title": {
      const to = <q dir="auto">{event.to}</q>;
      return (
        <Trans>
          {who} changed the title to {to}
        </Trans>
      );
    }
    case "description":
      return <Trans>{who} changed the description</Trans>;
    case "tags": {
      const to = event.to.length > 0 ? <bdi>{event.to.join(", ")}</bdi> : <Trans>none</Trans>;
      return (
        <Trans>
          {who} set the tags to {to}
        </Trans>
      );
    }
    case "custom_fields":
      return <Trans>{who} changed further fields</Trans>;
  }
}

function AssignedTo({ event, reader }: { event: Extract<Other, { kind: "assigned" }>; reader: User }) {
  const who = event.actor_id === reader.id ? <Trans>You</Trans> : <bdi>{event.actor_name}</bdi>;
  const whom = event.to === reader.id ? <Trans>you</Trans> : <bdi>{event.assignee_name}</bdi>;
  const why =
    event.detail === null ? null : (
      <span className={styles.why}>
        <Trans>
          (least to do: {event.detail.workload}, of {event.detail.available_agents} available)
        </Trans>
      </span>
    );
  const said =
    event.actor_id === null || event.reason === "auto" || event.reason === "queue" ? (
      <Trans>It was given to {whom}</Trans>
    ) : event.actor_id === event.to ? (
      <Trans>{who} took it</Trans>
    ) : (
      <Trans>
        {who} gave it to {whom}
      </Trans>
    );
  return (
    <>
      {said} {why}
    </>
  );
}
