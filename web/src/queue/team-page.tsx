import { useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSignedIn } from "../api/use-user";
import { ticketsQuery } from "../tickets/queries";
import { TicketRow } from "../tickets/ticket-row";
import { List } from "../ui/list";
import { Page } from "../ui/page";
import { Empty } from "../ui/states";

/** The team's tickets that aren't solved yet. */
export function TeamPage() {
  const { t } = useLingui();
  const user = useSignedIn();
  const tickets = useInfiniteQuery(ticketsQuery({ status: ["open", "in_progress"] }));
  return (
    <Page title={t`Team`}>
      <List
        query={tickets}
        label={t`The team's tickets`}
        row={(ticket) => <TicketRow key={ticket.id} ticket={ticket} reader={user.role} />}
        empty={<Empty title={t`Nothing is open`} />}
      />
    </Page>
  );
}
