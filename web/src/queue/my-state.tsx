import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { Agent, User } from "../api/types";
import { useFormats } from "../i18n/format";
import { agentsQuery } from "../people/queries";
import { Switch } from "../ui/choice";
import { Failed } from "../ui/states";
import { useAvailability } from "./queries";
import styles from "./queue.module.css";

/** Whether I am given tickets, and how much I have. */
export function MyState({ user, team }: { user: User; team: string }) {
  const agents = useQuery(agentsQuery(team));
  const change = useAvailability();
  const me = agents.data?.items.find((agent) => agent.id === user.id) ?? change.data;
  // What was chosen last is shown until it is answered. The switch never locks: a click while it waits counts, too.
  const availability = change.isPending
    ? change.variables
    : (me?.availability ?? ("availability" in user ? user.availability : "away"));
  return (
    <section className={styles.me}>
      <Switch
        isSelected={availability === "available"}
        onChange={(on) => change.mutate(on ? "available" : "away")}
      >
        <Trans>Available</Trans>
      </Switch>
      <p className={styles.meaning}>
        {availability === "available" ? (
          <Trans>New tickets come to you.</Trans>
        ) : (
          <Trans>You keep what you have, and get nothing new.</Trans>
        )}
      </p>
      {me && <Workload agent={me} />}
      {change.isError && <Failed error={change.error} />}
    </section>
  );
}

/** How much somebody has, of how much they take. */
export function Workload({ agent }: { agent: Agent }) {
  const { t } = useLingui();
  const formats = useFormats();
  const load = formats.number(agent.workload);
  const most = agent.capacity === null ? null : formats.number(agent.capacity);
  const full = agent.capacity !== null && agent.workload >= agent.capacity;
  return (
    <div className={`${styles.load} ${full ? styles.full : ""}`}>
      <span>
        {most === null ? (
          <Trans>Workload {load}</Trans>
        ) : (
          <Trans>
            Workload {load} of {most}
          </Trans>
        )}
      </span>
      {agent.capacity !== null && agent.capacity > 0 && (
        <meter
          aria-label={t`Workload`}
          min={0}
          max={agent.capacity}
          value={Math.min(agent.workload, agent.capacity)}
        />
      )}
    </div>
  );
}
