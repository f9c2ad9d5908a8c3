import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { User } from "../api/types";
import { teamsQuery } from "../people/queries";
import { Button } from "../ui/button";
import { Select } from "../ui/select";
import styles from "./properties.module.css";
import { Fixed, type PropertyProps } from "./property";

/** Another team: the ticket loses its assignee, and an agent loses sight of it, so that is said first. */
export function TeamProperty({ ticket, properties, reader }: PropertyProps & { reader: User }) {
  const { t } = useLingui();
  const teams = useQuery(teamsQuery);
  const [wanted, setWanted] = useState<string | null>(null);
  const known = teams.data?.items ?? [];
  const nameOf = (id: string) => known.find((team) => team.id === id)?.name ?? id;
  if (!ticket.can.team || known.length < 2) {
    return (
      <Fixed label={t`Team`}>
        <bdi>{nameOf(ticket.team)}</bdi>
      </Fixed>
    );
  }
  const name = <bdi>{nameOf(wanted ?? "")}</bdi>;
  return (
    <div className={styles.fixed}>
      <Select
        label={t`Team`}
        options={known.map((team) => ({ id: team.id, label: team.name }))}
        value={wanted ?? ticket.team}
        isDisabled={properties.isPending}
        onChange={(id) => setWanted(id === ticket.team ? null : id)}
      />
      {wanted !== null && (
        <div className={styles.ask} role="status">
          <p>
            {reader.role === "agent" ? (
              <Trans>It goes into the queue of {name}, and you don't see it any more.</Trans>
            ) : (
              <Trans>It goes into the queue of {name}.</Trans>
            )}
          </p>
          <div className={styles.choices}>
            <Button
              small
              look="primary"
              onPress={() => {
                properties.set({ team: wanted });
                setWanted(null);
              }}
            >
              <Trans>Give it to this team</Trans>
            </Button>
            <Button small onPress={() => setWanted(null)}>
              <Trans>Keep it</Trans>
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}
