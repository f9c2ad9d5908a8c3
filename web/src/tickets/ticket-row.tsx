import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { ListedTicket, Role } from "../api/types";
import { Link } from "../ui/button";
import { Time } from "../ui/time";
import { PriorityMark, StatusMark, UnreadMark, unreadOf } from "./marks";
import styles from "./ticket-row.module.css";

interface TicketRowProps {
  ticket: ListedTicket;
  /** What is worth saying differs by role. */
  reader: Role;
  /** Who has it goes without saying: the reader, or nobody. */
  plain?: boolean;
  /** It isn't in this list any more. */
  gone?: boolean;
  /** A line more. */
  about?: ReactNode;
  /** A button at its end. */
  action?: ReactNode;
}

/** A ticket in a list: the whole card leads to it. */
export function TicketRow({ ticket, reader, plain, gone, about, action }: TicketRowProps) {
  const isNew = unreadOf(ticket.unread) > 0;
  const prominent = ticket.priority === "urgent" || ticket.priority === "high";
  return (
    <li className={`${styles.row} ${gone ? styles.gone : ""}`} data-row>
      <div className={styles.top}>
        <Link
          to="/tickets/$ticketId"
          params={{ ticketId: ticket.id }}
          className={`${styles.title} ${isNew ? styles.isNew : ""}`}
        >
          <bdi>{ticket.title}</bdi>
        </Link>
        <UnreadMark unread={ticket.unread} />
        {action && <span className={styles.action}>{action}</span>}
      </div>
      <div className={styles.facts}>
        <StatusMark status={ticket.status} />
        {(prominent || reader !== "client") && <PriorityMark priority={ticket.priority} />}
        <span className={styles.number}>#{ticket.number}</span>
        <span className={styles.who}>
          {reader === "client" ? <Keeper ticket={ticket} /> : <Asker ticket={ticket} plain={plain} />}
        </span>
        <span className={styles.when}>
          <Time at={ticket.updated_at} still />
        </span>
        {about}
      </div>
    </li>
  );
}

function Keeper({ ticket }: { ticket: ListedTicket }) {
  if (ticket.status === "closed") return null;
  if (ticket.waiting_for === "client") return <Trans>Waits for your answer</Trans>;
  if (ticket.assignee_name === null) return <Trans>Waits for somebody with time</Trans>;
  return (
    <Trans>
      With <bdi>{ticket.assignee_name}</bdi>
    </Trans>
  );
}

function Asker({ ticket, plain }: { ticket: ListedTicket; plain: boolean | undefined }) {
  if (plain) return <bdi>{ticket.client_name}</bdi>;
  return (
    <>
      <bdi>{ticket.client_name}</bdi>
      {" · "}
      {ticket.assignee_name === null ? <Trans>nobody has it</Trans> : <bdi>{ticket.assignee_name}</bdi>}
    </>
  );
}
