import { Trans, useLingui } from "@lingui/react/macro";
import type { Ticket } from "../api/types";
import { Card } from "../ui/page";
import { Time } from "../ui/time";
import { PriorityMark } from "./marks";
import styles from "./ticket-page.module.css";

/** What staff want to know of a ticket at a glance. */
export function SidePanel({ ticket }: { ticket: Ticket }) {
  const { t } = useLingui();
  return (
    <aside className={styles.side} aria-label={t`Properties`}>
      <Card>
        <dl className={styles.properties}>
          <dt>
            <Trans>Client</Trans>
          </dt>
          <dd>
            <bdi>{ticket.client_name}</bdi>
          </dd>
          <dt>
            <Trans>Assigned to</Trans>
          </dt>
          <dd>{ticket.assignee_name === null ? <Trans>Nobody</Trans> : <bdi>{ticket.assignee_name}</bdi>}</dd>
          <dt>
            <Trans>Priority</Trans>
          </dt>
          <dd>
            <PriorityMark priority={ticket.priority} />
          </dd>
          <dt>
            <Trans>Team</Trans>
          </dt>
          <dd>
            <bdi>{ticket.team}</bdi>
          </dd>
          <dt>
            <Trans>Filed</Trans>
          </dt>
          <dd>
            <Time at={ticket.created_at} />
          </dd>
        </dl>
      </Card>
    </aside>
  );
}
