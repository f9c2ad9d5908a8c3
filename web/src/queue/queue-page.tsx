import { useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSignedIn } from "../api/use-user";
import { ticketsQuery } from "../tickets/queries";
import { TicketRow } from "../tickets/ticket-row";
import { List } from "../ui/list";
import { Page } from "../ui/page";
import { Empty } from "../ui/states";

/** My work in the order in which it should be done. */
export function QueuePage() {
  const { t } = useLingui();
  const user = useSignedIn();
  const work = useInfiniteQuery(
    ticketsQuery({ assignee_id: "me", status: ["open", "in_progress"], sort: "work" }),
  );
  return (
    <Page title={t`My queue`}>
      <List
        query={work}
        label={t`My work`}
        row={(ticket) => <TicketRow key={ticket.id} ticket={ticket} reader={user.role} />}
        empty={<Empty title={t`Nothing waits for you`} />}
      />
    </Page>
  );
}
