import { Trans, useLingui } from "@lingui/react/macro";
import { usePrefetchInfiniteQuery, usePrefetchQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { asProblem } from "../api/problem";
import { configQuery } from "../api/queries";
import type { Ticket } from "../api/types";
import { useSignedIn } from "../api/use-user";
import { ChatButton } from "../chat/chat-button";
import { useKey } from "../keys/keys";
import { useLiveTicket } from "../live/use-live";
import { ButtonLink } from "../ui/button";
import { Page, useTitle } from "../ui/page";
import { Empty, Failed, Skeleton } from "../ui/states";
import { Composer } from "./composer";
import { EditWords } from "./edit-words";
import { PriorityMark, StatusMark } from "./marks";
import { Moves } from "./moves";
import { NextButton, useGoNext } from "./next-button";
import { NextStep } from "./next-step";
import { OutgoingList } from "./outgoing-list";
import { ticketQuery, timelineQuery } from "./queries";
import { SidePanel } from "./side-panel";
import styles from "./ticket-page.module.css";
import { Timeline } from "./timeline";
import { useViewing } from "./use-viewing";
import { Viewers } from "./viewers";

const route = getRouteApi("/inside/tickets/$ticketId");

export function TicketPage() {
  const { t } = useLingui();
  const { ticketId } = route.useParams();
  // With the ticket, not after it.
  usePrefetchInfiniteQuery(timelineQuery(ticketId));
  usePrefetchQuery(configQuery);
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
  const agent = user.role === "agent";
  const { viewers, wrote } = useViewing(staff ? ticket.id : null, user.id);
  const navigate = useNavigate();
  const { goNext } = useGoNext();
  useKey("n", () => void goNext(ticket.id), { enabled: agent });
  useKey("c", () => {
    void navigate({
      to: "/tickets/$ticketId",
      params: { ticketId: ticket.id },
      search: { chat: 1 as const },
    });
  });
  return (
    <div className={`${styles.page} ${staff ? styles.withSide : ""}`}>
      <header className={styles.head}>
        <div className={styles.facts}>
          <span>#{ticket.number}</span>
          <StatusMark status={ticket.status} />
          <PriorityMark priority={ticket.priority} />
          {staff && <Viewers viewers={viewers} />}
        </div>
        <h1>
          <bdi>{ticket.title}</bdi>
        </h1>
        <div className={styles.tools}>
          <ChatButton ticket={ticket} />
          <Moves ticket={ticket} />
          <EditWords ticket={ticket} />
          {agent && <NextButton but={ticket.id} small />}
        </div>
      </header>
      <NextStep ticket={ticket} reader={user} />
      {stale !== null && <Failed error={stale} />}
      <section className={styles.middle} aria-label={t`What happened`}>
        <Timeline ticket={ticket} reader={user} />
        <OutgoingList ticketId={ticket.id} reader={user} />
        <Composer ticket={ticket} reader={user} wrote={wrote} />
      </section>
      {staff && <SidePanel ticket={ticket} reader={user} />}
    </div>
  );
}
