import { Trans, useLingui } from "@lingui/react/macro";
import type { Attachment, Said, Ticket, User } from "../api/types";
import { Avatar, Badge } from "../ui/badge";
import { Icon } from "../ui/icon";
import { Time } from "../ui/time";
import { UserText } from "../ui/user-text";
import { Attachments } from "./attachments";
import styles from "./timeline.module.css";

interface BubbleProps {
  authorId: string;
  authorName: string;
  at: string;
  body: string;
  reader: User;
  note?: boolean;
  staff?: boolean;
  ticketId: string;
  attachments?: Attachment[];
  trimmed?: string | null;
}

function Bubble(props: BubbleProps) {
  const { t } = useLingui();
  const { reader, note, staff } = props;
  const own = props.authorId === reader.id;
  const look = note ? styles.note : own ? styles.own : "";
  return (
    <li className={styles.message}>
      <Avatar name={props.authorName} id={props.authorId} />
      <article className={`${styles.bubble} ${look}`} aria-label={t`${props.authorName} wrote`}>
        <header className={styles.by}>
          <strong>
            <bdi>{props.authorName}</bdi>
          </strong>
          {own && (
            <span>
              <Trans>(you)</Trans>
            </span>
          )}
          {!own && staff && reader.role === "client" && (
            <Badge tone="accent">
              <Trans>Help desk</Trans>
            </Badge>
          )}
          {note && (
            <span className={styles.noteMark}>
              <Icon name="lock" size={16} />
              {reader.role === "client" ? <Trans>Note, for you alone</Trans> : <Trans>Internal note</Trans>}
            </span>
          )}
          <Time at={props.at} />
        </header>
        <UserText text={props.body} />
        {props.trimmed && (
          <details className={styles.trimmed}>
            <summary>
              <Trans>Quoted in the mail</Trans>
            </summary>
            <UserText text={props.trimmed} />
          </details>
        )}
        {props.attachments && props.attachments.length > 0 && (
          <Attachments ticketId={props.ticketId} files={props.attachments} />
        )}
      </article>
    </li>
  );
}

/** A comment, or a note in a look of its own that nobody takes for a comment. */
export function Message({ said, kind, reader }: { said: Said; kind: "comment" | "note"; reader: User }) {
  return (
    <Bubble
      authorId={said.author_id}
      authorName={said.author_name}
      at={said.created_at}
      body={said.body}
      reader={reader}
      note={kind === "note"}
      staff={said.author_role !== "client"}
      ticketId={said.ticket_id}
      attachments={said.attachments ?? []}
      trimmed={said.trimmed ?? null}
    />
  );
}

/** What was asked at first. */
export function Opening({ ticket, reader }: { ticket: Ticket; reader: User }) {
  return (
    <Bubble
      authorId={ticket.client_id}
      authorName={ticket.client_name}
      at={ticket.created_at}
      body={ticket.description}
      reader={reader}
      ticketId={ticket.id}
    />
  );
}
