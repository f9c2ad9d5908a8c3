import { Trans, useLingui } from "@lingui/react/macro";
import type { User } from "../api/types";
import { Avatar } from "../ui/badge";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { Failed } from "../ui/states";
import { UserText } from "../ui/user-text";
import { type Shown, send, takeBack, useOutgoing } from "./outgoing";
import styles from "./timeline.module.css";

/** Comments of this ticket that are on their way, at the timeline's end. */
export function OutgoingList({ ticketId, reader }: { ticketId: string; reader: User }) {
  const { t } = useLingui();
  const items = useOutgoing().filter((item) => item.ticketId === ticketId);
  if (items.length === 0) return null;
  return (
    <ol className={styles.timeline} aria-label={t`On its way`}>
      {items.map((item) => (
        <li key={item.key} className={styles.message}>
          <Avatar name={reader.name} id={reader.id} />
          <article className={`${styles.bubble} ${styles.own} ${styles.leaving}`}>
            {item.body !== "" && <UserText text={item.body} />}
            {item.files.length > 0 && (
              <p className={styles.by}>
                <Icon name="attach" size={16} />
                <bdi>{item.files.map((file) => file.name).join(", ")}</bdi>
              </p>
            )}
            <State item={item} />
          </article>
        </li>
      ))}
    </ol>
  );
}

function State({ item }: { item: Shown }) {
  if (item.state === "failed") {
    return (
      <>
        <Failed error={item.problem} onRetry={() => void send(item.key)} />
        <div className={styles.by}>
          <Button small onPress={() => takeBack(item.key)}>
            <Trans>Write on</Trans>
          </Button>
        </div>
      </>
    );
  }
  return (
    <div className={styles.by}>
      <Icon name="clock" size={16} />
      <span>
        {item.body === "" ? (
          <Trans>Will be resolved in a moment</Trans>
        ) : (
          <Trans>Will be sent in a moment</Trans>
        )}
      </span>
      <Button small isDisabled={item.state === "sending"} onPress={() => takeBack(item.key)}>
        <Trans>Undo</Trans>
      </Button>
    </div>
  );
}
