import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { Ticket } from "../api/types";
import { useSignedIn } from "../api/use-user";
import { useFormats } from "../i18n/format";
import { useLiveState, useTransport } from "../live/use-live";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { Failed, Skeleton } from "../ui/states";
import styles from "./chatbox.module.css";
import { Conversations } from "./conversations";
import { Log } from "./log";
import { MessageField } from "./message-field";
import { conversationsQuery } from "./queries";
import { useChat } from "./use-chat";

interface ChatBoxProps {
  ticket: Ticket;
  /** The other person of a private conversation; null: everybody on the ticket. */
  withId: string | null;
  onChoose: (withId: string | null) => void;
  onClose: () => void;
}

/** The chat on a ticket: what was said, what is said now, who is there. */
export function ChatBox({ ticket, withId, onChoose, onClose }: ChatBoxProps) {
  const { t } = useLingui();
  return (
    <Dialog
      title={<bdi>{ticket.title}</bdi>}
      label={t`Chat: ${ticket.title}`}
      isOpen
      onClose={onClose}
      closeLabel={t`Close chat`}
      place="side"
    >
      <Conversations ticketId={ticket.id} chosen={withId} onChoose={onChoose} />
      <Conversation key={withId ?? ""} ticket={ticket} withId={withId} />
    </Dialog>
  );
}

function Conversation({ ticket, withId }: { ticket: Ticket; withId: string | null }) {
  const { t } = useLingui();
  const user = useSignedIn();
  const [chat, service] = useChat(ticket.id, withId, user.id);
  const conversations = useQuery(conversationsQuery(ticket.id));
  const other = conversations.data?.items.find((each) => each.with?.id === withId)?.with ?? null;
  return (
    <>
      <Status online={chat.online.filter((each) => each.id !== user.id).map((each) => each.name)} />
      {chat.status === "loading" && (
        <div className={styles.loading}>
          <Skeleton lines={6} />
        </div>
      )}
      {chat.status === "failed" && <Failed error={chat.problem} onRetry={() => void service.load()} />}
      {chat.status === "ready" && (
        <Log
          chat={chat}
          me={user.id}
          onOlder={() => void service.loadOlder()}
          onSeen={() => service.see()}
          onRetry={(id, wanted) => service.retry(id, wanted)}
          empty={
            withId === null
              ? t`Nothing was said here yet. Everybody on the ticket sees what you write.`
              : t`Nothing was said here yet. Only the two of you see what you write.`
          }
        />
      )}
      <Typing names={chat.typing.map((each) => each.name)} />
      {ticket.can.chat ? (
        <MessageField
          draft={`${ticket.id}/chat${withId === null ? "" : `/${withId}`}`}
          hint={withId === null ? undefined : t`Only ${other?.name ?? t`this person`} sees it`}
          onSay={(content) => service.say(content)}
          onType={(typing) => service.type(typing)}
        />
      ) : (
        <p className={styles.closed}>
          <Icon name="lock" size={18} />
          <Trans>The ticket is closed: nothing can be said here any more.</Trans>
        </p>
      )}
    </>
  );
}

/** Who is there, and whether we are: said quietly. */
function Status({ online }: { online: string[] }) {
  const formats = useFormats();
  const state = useLiveState();
  const transport = useTransport();
  const names = formats.list(online);
  return (
    <p role="status" className={styles.status}>
      {state !== "open" ? (
        <>
          <Icon name="offline" size={16} />
          <Trans>Connecting … what you send now is kept and goes out then.</Trans>
        </>
      ) : (
        <>
          {online.length > 0 && (
            <>
              <span className={styles.there} aria-hidden="true" />
              <Trans>{names} here now</Trans>
            </>
          )}
          {transport === "sockjs" && (
            <span>
              <Trans>Connected another way, a little slower</Trans>
            </span>
          )}
        </>
      )}
    </p>
  );
}

function Typing({ names }: { names: string[] }) {
  const formats = useFormats();
  const who = formats.list(names);
  return (
    <p className={styles.typing} aria-live="polite">
      {names.length > 0 && <Trans>{who} is writing …</Trans>}
    </p>
  );
}
