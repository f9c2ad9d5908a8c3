import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { asProblem } from "../api/problem";
import type { Ticket } from "../api/types";
import { useSignedIn } from "../api/use-user";
import { ChatButton } from "../chat/chat-button";
import { useLiveTicket } from "../live/use-live";
import { ButtonLink } from "../ui/button";
import { Page, useTitle } from "../ui/page";
import { Empty, Failed, Skeleton } from "../ui/states";
import { Composer } from "./composer";
import { PriorityMark, StatusMark } from "./marks";
import { Moves } from "./moves";
import { NextStep } from "./next-step";
import { ticketQuery } from "./queries";
import { SidePanel } from "./side-panel";
import styles from "./ticket-page.module.css";
import { Timeline } from "./timeline";

const route = getRouteApi("/inside/tickets/$ticketId");

export function TicketPage() {
  const { t } = useLingui();
  const { ticketId } = route.useParams();
  const ticket = useQuery(ticketQuery(ticketId));
  if (ticket.data !== undefined) return <Shown key={ticketId} ticket={ticket.data} stale={ticket.error} />;
  if (ticket.isPending) {
    return (
      <Page title={t`Ticket`}>
        <Skeleton lines={5} tall />
      </Page>
    );
  }
  const gone = asProblem(ticket.error).status === 404;
  return (
    <Page title={gone ? t`No such ticket` : t`Ticket`} width="narrow">
      {gone ? (
        <Empty icon="ticket" title={t`This ticket isn't here, or it isn't yours`}>
          <ButtonLink to="/tickets" look="primary">
            <Trans>To the tickets</Trans>
          </ButtonLink>
        </Empty>
      ) : (
        <Failed error={ticket.error} onRetry={() => void ticket.refetch()} />
      )}
    </Page>
  );
}

function Shown({ ticket, stale }: { ticket: Ticket; stale: unknown }) {
  const { t } = useLingui();
  const user = useSignedIn();
  const staff = user.role !== "client";
  useTitle(`#${ticket.number} ${ticket.title}`);
  useLiveTicket(ticket.id);
  return (
    <div className={`${styles.page} ${staff ? styles.withSide : ""}`}>
      <header className={styles.head}>
        <div className={styles.facts}>
          <span>#{ticket.number}</span>
          <StatusMark status={ticket.status} />
          <PriorityMark priority={ticket.priority} />
        </div>
        <h1>
          <bdi>{ticket.title}</bdi>
        </h1>
        <div className={styles.tools}>
          <ChatButton ticket={ticket} />
          <Moves ticket={ticket} />
        </div>
      </header>
      <NextStep ticket={ticket} reader={user} />
      {stale !== null && <Failed error={stale} />}
      <section className={styles.middle} aria-label={t`What happened`}>
        <Timeline ticket={ticket} reader={user} />
        <Composer ticket={ticket} reader={user} />
      </section>
      {staff && <SidePanel ticket={ticket} />}
    </div>
  );
}
