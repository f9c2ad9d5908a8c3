import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSignedIn } from "../api/use-user";
import { peopleKeys } from "../people/queries";
import { NextButton } from "../tickets/next-button";
import { ticketKeys, workQuery } from "../tickets/queries";
import { TicketRow } from "../tickets/ticket-row";
import { LiveList } from "../ui/live-list";
import { Page, Part } from "../ui/page";
import { Empty } from "../ui/states";
import { FollowTeams, teamOf } from "./follow-team";
import { MyState } from "./my-state";
import { queueKeys } from "./queries";
import styles from "./queue.module.css";
import { useFollow } from "./use-follow";
import { WaitingTickets } from "./waiting";

const MINE = [ticketKeys.lists, peopleKeys.agents];
const WAITING = [queueKeys.waiting];

/** My work in the order in which it should be done, and what waits in the team's queue. An admin sees the queues alone. */
export function QueuePage() {
  const { t } = useLingui();
  const user = useSignedIn();
  const team = teamOf(user);
  useFollow(team === null ? null : "/user/queue/tickets", MINE);
  return (
    <Page title={team === null ? t`Queue` : t`My queue`} actions={team !== null && <NextButton />}>
      <FollowTeams user={user} lists={WAITING} />
      {team !== null && (
        <>
          <MyState user={user} team={team} />
          <MyWork />
        </>
      )}
      <Part title={team === null ? t`Waiting tickets of all teams` : t`Waiting in the team's queue`}>
        <WaitingTickets user={user} />
      </Part>
    </Page>
  );
}

function MyWork() {
  const { t } = useLingui();
  const user = useSignedIn();
  const mine = useInfiniteQuery(workQuery("agent"));
  const theirs = useInfiniteQuery(workQuery("client"));
  const none = theirs.data?.pages.every((page) => page.items.length === 0) && !theirs.hasNextPage;
  return (
    <>
      <Part title={t`Waiting for you`}>
        <LiveList
          query={mine}
          label={t`Waiting for you`}
          row={(ticket, gone) => (
            <TicketRow key={ticket.id} ticket={ticket} reader={user.role} plain gone={gone} />
          )}
          empty={
            <Empty icon="check" title={t`Nobody waits for you`}>
              <p className={styles.meaning}>
                <Trans>What is given to you, and what clients answer, appears here.</Trans>
              </p>
            </Empty>
          }
        />
      </Part>
      {!none && (
        <Part title={t`Waiting for the client`}>
          <LiveList
            query={theirs}
            label={t`Waiting for the client`}
            row={(ticket, gone) => (
              <TicketRow key={ticket.id} ticket={ticket} reader={user.role} plain gone={gone} />
            )}
            empty={null}
          />
        </Part>
      )}
    </>
  );
}
