import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useSignedIn } from "../api/use-user";
import { agentsQuery, teamsQuery } from "../people/queries";
import { FilterBar } from "../tickets/filter-bar";
import { asFilters, changed, type TicketSearch } from "../tickets/filters";
import { ticketKeys, ticketsQuery } from "../tickets/queries";
import { TicketRow } from "../tickets/ticket-row";
import { Button } from "../ui/button";
import { LiveList } from "../ui/live-list";
import { Page, Part } from "../ui/page";
import { Select } from "../ui/select";
import { Empty, Failed, Skeleton } from "../ui/states";
import { AgentRow } from "./agent-row";
import { FollowTeams, teamOf } from "./follow-team";
import styles from "./queue.module.css";
import { asAddress, asShown } from "./team-search";

const route = getRouteApi("/inside/team");
const LISTS = [ticketKeys.lists];

/** The team's tickets and agents; an admin's view of every team, or of one. */
export function TeamPage() {
  const { t } = useLingui();
  const user = useSignedIn();
  const search = asShown(route.useSearch());
  const navigate = route.useNavigate();
  const show = (next: TicketSearch, replace = false) => void navigate({ search: asAddress(next), replace });
  const own = teamOf(user);
  const filters = asFilters(search);
  const tickets = useInfiniteQuery(ticketsQuery(filters));
  return (
    <Page title={t`Team`} width="wide">
      <FollowTeams user={user} chosen={search.team} lists={LISTS} />
      <div className={styles.team}>
        <div className={styles.tickets}>
          {own === null && <Teams search={search} onChange={show} />}
          <FilterBar search={search} onChange={show} role={user.role} />
          <LiveList
            key={JSON.stringify(filters)}
            query={tickets}
            label={t`The team's tickets`}
            row={(ticket, gone) => (
              <TicketRow key={ticket.id} ticket={ticket} reader={user.role} gone={gone} />
            )}
            empty={
              <Empty icon="search" title={t`No ticket matches`}>
                <Button onPress={() => show({})}>
                  <Trans>Show all</Trans>
                </Button>
              </Empty>
            }
          />
        </div>
        <Agents team={own ?? search.team} />
      </div>
    </Page>
  );
}

const ALL = "all";

function Teams({ search, onChange }: { search: TicketSearch; onChange: (search: TicketSearch) => void }) {
  const { t } = useLingui();
  const teams = useQuery(teamsQuery);
  const known = teams.data?.items ?? [];
  if (known.length < 2) return null;
  return (
    <Select
      label={t`Team`}
      options={[{ id: ALL, label: t`All teams` }, ...known.map(({ id, name }) => ({ id, label: name }))]}
      value={search.team ?? ALL}
      onChange={(id) => onChange(changed(search, { team: id === ALL ? undefined : id }))}
    />
  );
}

function Agents({ team }: { team: string | undefined }) {
  const { t } = useLingui();
  const agents = useQuery(agentsQuery(team));
  return (
    <Part title={t`Agents`}>
      {agents.isPending && <Skeleton lines={3} />}
      {agents.data === undefined && agents.isError && (
        <Failed error={agents.error} onRetry={() => void agents.refetch()} />
      )}
      {agents.data?.items.length === 0 && <Empty icon="people" title={t`This team has no agents`} />}
      {agents.data !== undefined && agents.data.items.length > 0 && (
        <ul className={styles.agents} aria-label={t`Agents`}>
          {agents.data.items.map((agent) => (
            <AgentRow key={agent.id} agent={agent} />
          ))}
        </ul>
      )}
    </Part>
  );
}
