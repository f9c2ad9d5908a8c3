import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useSignedIn } from "../api/use-user";
import { Button, ButtonLink } from "../ui/button";
import { List } from "../ui/list";
import { Page } from "../ui/page";
import { Empty } from "../ui/states";
import { FilterBar } from "./filter-bar";
import { asFilters, isFiltered, type TicketSearch } from "./filters";
import { ticketsQuery } from "./queries";
import { TicketRow } from "./ticket-row";

const route = getRouteApi("/inside/tickets");

/** One's own tickets, or for staff all that they may see: searched and filtered by the address. */
export function ListPage() {
  const { t } = useLingui();
  const user = useSignedIn();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const tickets = useInfiniteQuery(ticketsQuery(asFilters(search)));
  const show = (next: TicketSearch, replace = false) => void navigate({ search: next, replace });
  const title = user.role === "client" ? t`My tickets` : t`Tickets`;
  const filtered = isFiltered(search) || search.q !== undefined;
  return (
    <Page
      title={title}
      actions={
        <ButtonLink to="/tickets/new" look="primary" icon="plus">
          <Trans>New ticket</Trans>
        </ButtonLink>
      }
    >
      <FilterBar search={search} onChange={show} role={user.role} />
      <List
        query={tickets}
        label={title}
        row={(ticket) => <TicketRow key={ticket.id} ticket={ticket} reader={user.role} />}
        empty={
          filtered ? (
            <Empty icon="search" title={t`No ticket matches`}>
              <p>
                <Trans>Try fewer words, or fewer filters.</Trans>
              </p>
              <Button onPress={() => show({})}>
                <Trans>Show all</Trans>
              </Button>
            </Empty>
          ) : (
            <Empty icon="ticket" title={t`Nothing here yet`}>
              <p>
                <Trans>
                  When something doesn't work, or you have a question, tell us. You see here what becomes of
                  it.
                </Trans>
              </p>
              <ButtonLink to="/tickets/new" look="primary" icon="plus">
                <Trans>Write the first one</Trans>
              </ButtonLink>
            </Empty>
          )
        }
      />
    </Page>
  );
}
