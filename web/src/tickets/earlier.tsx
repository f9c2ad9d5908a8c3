import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { Ticket, User } from "../api/types";
import { Link } from "../ui/button";
import { Card } from "../ui/page";
import { Failed } from "../ui/states";
import { Time } from "../ui/time";
import { StatusIcon } from "./marks";
import styles from "./properties.module.css";
import { ticketsQuery } from "./queries";

const SHOWN = 5;

/** What else this ticket's client has asked, the newest first. */
export function Earlier({ ticket, reader }: { ticket: Ticket; reader: User }) {
  const { t } = useLingui();
  const filters = { client_id: ticket.client_id };
  const query = useInfiniteQuery({ ...ticketsQuery(filters), staleTime: 60_000 });
  const others =
    query.data?.pages.flatMap((page) => page.items).filter((each) => each.id !== ticket.id) ?? [];
  if (query.data === undefined) {
    return query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null;
  }
  if (reader.id === ticket.client_id) return null;
  const more = others.length > SHOWN || query.hasNextPage;
  return (
    <Card title={t`Other tickets of this client`}>
      {others.length === 0 ? (
        <p className={styles.quiet}>
          <Trans>None: it is their only one here.</Trans>
        </p>
      ) : (
        <ul className={styles.earlier}>
          {others.slice(0, SHOWN).map((each) => (
            <li key={each.id}>
              <Link to="/tickets/$ticketId" params={{ ticketId: each.id }}>
                <bdi>{each.title}</bdi>
              </Link>
              <span className={styles.quiet}>
                <StatusIcon status={each.status} /> <Time at={each.created_at} still />
              </span>
            </li>
          ))}
        </ul>
      )}
      {more && (
        <Link to="/tickets" search={{ client: ticket.client_id }}>
          <Trans>All of them</Trans>
        </Link>
      )}
    </Card>
  );
}
