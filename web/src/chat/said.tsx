import { Trans, useLingui } from "@lingui/react/macro";
import { useFormats } from "../i18n/format";
import type { Message } from "../live/events";
import { Avatar, Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { UserText } from "../ui/user-text";
import styles from "./chatbox.module.css";
import type { Pending } from "./outbox";

/** Messages of one person within so many milliseconds stand together. */
const TOGETHER = 5 * 60_000;

export function SaidMessage({
  message,
  before,
  me,
}: {
  message: Message;
  before: Message | undefined;
  me: string;
}) {
  const { t } = useLingui();
  const formats = useFormats();
  const own = message.sender_id === me;
  const follows =
    before?.sender_id === message.sender_id &&
    Date.parse(message.sent_at) - Date.parse(before.sent_at) < TOGETHER;
  return (
    <article
      className={`${styles.message} ${own ? styles.own : ""} ${follows ? styles.follows : ""}`}
      aria-label={own ? t`You wrote` : t`${message.sender_name} wrote`}
    >
      {!own && (
        <span className={styles.face}>
          {!follows && <Avatar name={message.sender_name} id={message.sender_id} />}
        </span>
      )}
      <div className={styles.body}>
        {!follows && !own && (
          <p className={styles.by}>
            <bdi>{message.sender_name}</bdi>
            {message.sender_role !== "client" && (
              <Badge tone="accent">
                <Trans>Help desk</Trans>
              </Badge>
            )}
          </p>
        )}
        <div className={styles.bubble}>
          <UserText text={message.content} />
        </div>
        <time className={styles.at} dateTime={message.sent_at} title={formats.exact(message.sent_at)}>
          {formats.time(message.sent_at)}
        </time>
      </div>
    </article>
  );
}

/** A message that the server hasn't confirmed yet, or couldn't take. */
export function OnTheWay({
  pending,
  onRetry,
}: {
  pending: Pending;
  onRetry: (id: string, wanted: boolean) => void;
}) {
  const { t } = useLingui();
  const failed = pending.state === "failed";
  return (
    <article className={`${styles.message} ${styles.own}`} aria-label={failed ? t`Not sent` : t`Being sent`}>
      <div className={styles.body}>
        <div className={`${styles.bubble} ${failed ? styles.failed : styles.sending}`}>
          <UserText text={pending.content} />
        </div>
        {failed ? (
          <div role="alert" className={styles.problem}>
            <span>{pending.why ?? <Trans>Not sent: no answer came.</Trans>}</span>
            <Button small look="quiet" icon="refresh" onPress={() => onRetry(pending.id, true)}>
              <Trans>Try again</Trans>
            </Button>
            <Button small look="quiet" icon="close" onPress={() => onRetry(pending.id, false)}>
              <Trans>Discard</Trans>
            </Button>
          </div>
        ) : (
          <span className={styles.at}>
            <Trans>Sending …</Trans>
          </span>
        )}
      </div>
    </article>
  );
}
