import { useLingui } from "@lingui/react/macro";
import type { AgentFigures } from "../api/types";
import { useFormats } from "../i18n/format";
import { Link } from "../ui/button";
import { Card } from "../ui/page";
import { Empty } from "../ui/states";
import { Table } from "../ui/table";

/** What each agent was given and solved in these days, and has now. */
export function Agents({ agents }: { agents: readonly AgentFigures[] }) {
  const { t } = useLingui();
  const formats = useFormats();
  return (
    <Card title={t`Agents`}>
      {agents.length === 0 ? (
        <Empty icon="people" title={t`No agents yet`} />
      ) : (
        <Table
          label={t`Agents' figures`}
          columns={[t`Agent`, t`Assigned`, t`Resolved`, t`Average time`, t`Has now`, t`Workload`]}
          rows={agents.map((agent) => ({
            id: agent.id,
            cells: [
              <bdi key="name">{agent.name}</bdi>,
              formats.number(agent.assigned),
              formats.number(agent.resolved),
              agent.average_resolution_seconds === null
                ? "–"
                : formats.duration(agent.average_resolution_seconds),
              <Link
                key="active"
                to="/tickets"
                search={{ assignee: agent.id, status: ["open", "in_progress"] }}
              >
                {formats.number(agent.active)}
              </Link>,
              formats.number(agent.workload),
            ],
          }))}
        />
      )}
    </Card>
  );
}
