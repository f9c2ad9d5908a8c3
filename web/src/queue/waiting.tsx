import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { User, Waiting } from "../api/types";
import { TicketRow } from "../tickets/ticket-row";
import { Button } from "../ui/button";
import { LiveList } from "../ui/live-list";
import { Empty, Failed } from "../ui/states";
import { Time } from "../ui/time";
import { useTake, waitingQuery } from "./queries";
import styles from "./queue.module.css";

/** Why nobody has a ticket (contract §9). */
const REASONS: Record<Waiting["reason"], MessageDescriptor> = {
  nobody_available: msg`nobody is available`,
  no_room: msg`nobody has room`,
  held_back: msg`handed back, waits for somebody else`,
};

/** The team's tickets that nobody has, in the order in which they will be given. */
export function WaitingTickets({ user }: { user: User }) {
  const { t } = useLingui();
  const waiting = useInfiniteQuery(waitingQuery());
  const navigate = useNavigate();
  const take = useTake(user.id);
  const takes = (ticketId: string) =>
    take.mutate(ticketId, {
      onSuccess: () => void navigate({ to: "/tickets/$ticketId", params: { ticketId } }),
    });
  return (
    <>
      {take.isError && <Failed error={take.error} />}
      <LiveList
        query={waiting}
        label={t`Waiting tickets`}
        row={(ticket, gone) => (
          <TicketRow
            key={ticket.id}
            ticket={ticket}
            reader={user.role}
            plain
            gone={gone}
            about={<Since ticket={ticket} team={user.role === "admin"} />}
            action={
              user.role === "agent" && (
                <Button
                  small
                  isDisabled={gone || take.isPending}
                  isPending={take.isPending && take.variables === ticket.id}
                  onPress={() => takes(ticket.id)}
                >
                  <Trans>Take</Trans>
                </Button>
              )
            }
          />
        )}
        empty={
          <Empty icon="check" title={t`Nothing is waiting`}>
            <p>
              <Trans>Every ticket of the team has somebody.</Trans>
            </p>
          </Empty>
        }
      />
    </>
  );
}

/** `team`: whose queue it is in, where several are shown. */
function Since({ ticket, team }: { ticket: Waiting; team: boolean }) {
  const { i18n } = useLingui();
  const why = i18n._(REASONS[ticket.reason]);
  const since = <Time at={ticket.waiting_since} still />;
  return (
    <span className={styles.since}>
      <Trans>
        Queued {since}: {why}
      </Trans>
      {team && (
        <>
          {" · "}
          <bdi>{ticket.team}</bdi>
        </>
      )}
    </span>
  );
}
