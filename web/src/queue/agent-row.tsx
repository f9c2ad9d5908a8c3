import { Plural, Trans } from "@lingui/react/macro";
import type { Agent } from "../api/types";
import { Avatar, Badge } from "../ui/badge";
import { Workload } from "./my-state";
import styles from "./queue.module.css";

/** An agent with what they have. */
export function AgentRow({ agent }: { agent: Agent }) {
  return (
    <li className={styles.agent}>
      <Avatar name={agent.name} id={agent.id} />
      <span className={styles.name}>
        <bdi>{agent.name}</bdi>
      </span>
      {agent.availability === "available" ? (
        <Badge tone="good">
          <Trans>Available</Trans>
        </Badge>
      ) : (
        <Badge>
          <Trans>Away</Trans>
        </Badge>
      )}
      <div className={styles.has}>
        <span>
          <Plural value={agent.active_tickets} one="# ticket" other="# tickets" />
        </span>
        <Workload agent={agent} />
      </div>
    </li>
  );
}
