import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useSignedIn } from "../api/use-user";
import { agentsQuery, peopleKeys, teamsQuery } from "../people/queries";
import { ButtonLink } from "../ui/button";
import { Page, Part } from "../ui/page";
import { Empty, Failed, Skeleton } from "../ui/states";
import { AgentRow } from "./agent-row";
import { FollowTeams } from "./follow-team";
import styles from "./queue.module.css";

const LISTS = [peopleKeys.agents];

/** Everybody's load, team by team, as it is now. */
export function AgentsPage() {
  const { t } = useLingui();
  const user = useSignedIn();
  const agents = useQuery(agentsQuery());
  const teams = useQuery(teamsQuery);
  const known = agents.data?.items ?? [];
  const names = new Map(teams.data?.items.map(({ id, name }) => [id, name]));
  const ids = [...new Set(known.map(({ team }) => team))].sort();
  return (
    <Page
      title={t`Agents`}
      actions={
        <ButtonLink to="/users" search={{ role: "agent" }}>
          <Trans>Change accounts</Trans>
        </ButtonLink>
      }
    >
      <FollowTeams user={user} lists={LISTS} />
      {agents.isPending && <Skeleton lines={4} tall />}
      {agents.isError && <Failed error={agents.error} onRetry={() => void agents.refetch()} />}
      {agents.data && known.length === 0 && <Empty icon="people" title={t`No agents yet`} />}
      {ids.map((id) => {
        const name = names.get(id) ?? id;
        return (
          <Part key={id} title={name}>
            <ul className={styles.agents} aria-label={t`Agents of ${name}`}>
              {known
                .filter(({ team }) => team === id)
                .map((agent) => (
                  <AgentRow key={agent.id} agent={agent} />
                ))}
            </ul>
          </Part>
        );
      })}
    </Page>
  );
}
