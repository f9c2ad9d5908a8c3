import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import type { Priority, Ticket, User } from "../api/types";
import { agentsQuery } from "../people/queries";
import { Link } from "../ui/button";
import { Card } from "../ui/page";
import { Select } from "../ui/select";
import { Failed } from "../ui/states";
import { Time } from "../ui/time";
import { CustomFields } from "./custom-fields";
import { Earlier } from "./earlier";
import { PRIORITIES } from "./filters";
import { PriorityMark } from "./marks";
import styles from "./properties.module.css";
import { Fixed, type PropertyProps } from "./property";
import { Tags } from "./tags";
import { TeamProperty } from "./team-property";
import pageStyles from "./ticket-page.module.css";
import { useProperty } from "./use-property";
import { PRIORITY_WORDS } from "./words";

const ConflictNote = lazy(() =>
  import("./conflict-note").then((loaded) => ({ default: loaded.ConflictNote })),
);

/** What staff see and set of a ticket, and what its client asked before. */
export function SidePanel({ ticket, reader }: { ticket: Ticket; reader: User }) {
  const { t } = useLingui();
  const properties = useProperty(ticket);
  const { conflict, problem, again, drop } = properties;
  return (
    <aside className={pageStyles.side} aria-label={t`Properties`}>
      {conflict && (
        <Suspense>
          <ConflictNote was={conflict.was} now={ticket} onAgain={again} onDrop={drop} />
        </Suspense>
      )}
      {problem && <Failed error={problem} />}
      <Card>
        <div className={styles.properties}>
          <AssigneeProperty ticket={ticket} properties={properties} reader={reader} />
          <PriorityProperty ticket={ticket} properties={properties} />
          <TeamProperty ticket={ticket} properties={properties} reader={reader} />
          <Tags ticket={ticket} properties={properties} />
          <CustomFields ticket={ticket} properties={properties} />
        </div>
        <dl className={styles.facts}>
          <dt>
            <Trans>Client</Trans>
          </dt>
          <dd>
            <Link to="/tickets" search={{ client: ticket.client_id }}>
              <bdi>{ticket.client_name}</bdi>
            </Link>
          </dd>
          <dt>
            <Trans>Filed</Trans>
          </dt>
          <dd>
            <Time at={ticket.created_at} />{" "}
            {ticket.channel === "email" ? (
              <Trans>by mail</Trans>
            ) : ticket.channel === "api" ? (
              <Trans>by the API</Trans>
            ) : null}
          </dd>
          <dt>
            <Trans>Changed</Trans>
          </dt>
          <dd>
            <Time at={ticket.updated_at} />
          </dd>
        </dl>
      </Card>
      <Earlier ticket={ticket} reader={reader} />
    </aside>
  );
}

function PriorityProperty({ ticket, properties }: PropertyProps) {
  const { t, i18n } = useLingui();
  if (!ticket.can.priority) {
    return (
      <Fixed label={t`Priority`}>
        <PriorityMark priority={ticket.priority} />
      </Fixed>
    );
  }
  return (
    <Select<Priority>
      label={t`Priority`}
      options={PRIORITIES.map((id) => ({ id, label: i18n._(PRIORITY_WORDS[id]) }))}
      value={ticket.priority}
      onChange={(priority) => priority !== ticket.priority && properties.set({ priority })}
    />
  );
}

const NOBODY = "none";

function AssigneeProperty({ ticket, properties, reader }: PropertyProps & { reader: User }) {
  const { t } = useLingui();
  const { assign } = ticket.can;
  const agents = useQuery({ ...agentsQuery(ticket.team), enabled: assign.includes("others") });
  const self = assign.includes("self") || ticket.assignee_id === reader.id;
  const people = new Map<string, string>();
  if (ticket.assignee_id !== null) people.set(ticket.assignee_id, ticket.assignee_name ?? "");
  if (self) people.set(reader.id, reader.name);
  for (const agent of agents.data?.items ?? []) people.set(agent.id, agent.name);
  if (assign.length === 0) {
    return (
      <Fixed label={t`Assigned to`}>
        {ticket.assignee_name === null ? <Trans>Nobody</Trans> : <bdi>{ticket.assignee_name}</bdi>}
      </Fixed>
    );
  }
  const nobody = assign.includes("none") || ticket.assignee_id === null;
  const options = [
    ...(nobody ? [{ id: NOBODY, label: t`Nobody`, hint: t`Back into the queue` }] : []),
    ...[...people].map(([id, name]) => ({ id, label: id === reader.id ? t`${name} (you)` : name })),
  ];
  const value = ticket.assignee_id ?? NOBODY;
  return (
    <Select
      label={t`Assigned to`}
      options={options}
      value={value}
      isDisabled={properties.isPending}
      onChange={(id) => id !== value && properties.set({ assignee_id: id === NOBODY ? null : id })}
    />
  );
}
