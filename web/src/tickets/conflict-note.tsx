import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import type { Ticket } from "../api/types";
import { Button } from "../ui/button";
import { Note } from "../ui/note";
import { differences, type Field } from "./conflict";
import styles from "./properties.module.css";
import { PRIORITY_WORDS, STATUS_WORDS } from "./words";

const FIELD_WORDS: Record<Field, MessageDescriptor> = {
  title: msg`Title`,
  description: msg`Description`,
  status: msg`State`,
  priority: msg`Priority`,
  assignee_id: msg`Assigned to`,
  team: msg`Team`,
  tags: msg`Tags`,
  custom_fields: msg`Further fields`,
};

interface ConflictProps {
  /** The ticket as it was when the change was begun, and as it is. */
  was: Ticket;
  now: Ticket;
  onAgain: () => void;
  onDrop: () => void;
}

/** Refused, because somebody else was quicker: what they changed, and what to do with one's own change. */
export function ConflictNote({ was, now, onAgain, onDrop }: ConflictProps) {
  const { i18n } = useLingui();
  const fields = differences(was, now);
  return (
    <Note tone="warn" alert>
      <div className={styles.conflict}>
        <strong>
          <Trans>Somebody changed this ticket meanwhile. Yours isn't saved yet.</Trans>
        </strong>
        {fields.length > 0 && (
          <dl>
            {fields.map((field) => (
              <div key={field}>
                <dt>{i18n._(FIELD_WORDS[field])}</dt>
                <dd>
                  <del>
                    <Value field={field} ticket={was} />
                  </del>{" "}
                  <ins>
                    <Value field={field} ticket={now} />
                  </ins>
                </dd>
              </div>
            ))}
          </dl>
        )}
        <div className={styles.choices}>
          <Button small look="primary" onPress={onAgain}>
            <Trans>Save mine all the same</Trans>
          </Button>
          <Button small onPress={onDrop}>
            <Trans>Leave it as it is now</Trans>
          </Button>
        </div>
      </div>
    </Note>
  );
}

function Value({ field, ticket }: { field: Field; ticket: Ticket }) {
  const { i18n } = useLingui();
  switch (field) {
    case "status":
      return i18n._(STATUS_WORDS[ticket.status]);
    case "priority":
      return i18n._(PRIORITY_WORDS[ticket.priority]);
    case "assignee_id":
      return ticket.assignee_name === null ? <Trans>Nobody</Trans> : <bdi>{ticket.assignee_name}</bdi>;
    case "tags":
      return ticket.tags.length > 0 ? <bdi>{ticket.tags.join(", ")}</bdi> : <Trans>none</Trans>;
    case "custom_fields":
      return <bdi>{JSON.stringify(ticket.custom_fields)}</bdi>;
    default:
      return <bdi>{ticket[field]}</bdi>;
  }
}
