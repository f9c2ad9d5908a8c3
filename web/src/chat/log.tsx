import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect } from "react";
import { useFormats } from "../i18n/format";
import { Button } from "../ui/button";
import { Spinner } from "../ui/states";
import styles from "./chatbox.module.css";
import type { ChatState } from "./chatService";
import { last } from "./gaps";
import { OnTheWay, SaidMessage } from "./said";
import { useVisible } from "./use-chat";
import { useFollow } from "./use-follow";

interface LogProps {
  chat: ChatState;
  me: string;
  onOlder: () => void;
  /** What is here is on the screen. */
  onSeen: () => void;
  onRetry: (id: string, wanted: boolean) => void;
  empty: string;
}

/** What was said, the newest at the bottom. Older messages come when one scrolls up, and nothing jumps. */
export function Log({ chat, me, onOlder, onSeen, onRetry, empty }: LogProps) {
  const { t } = useLingui();
  const formats = useFormats();
  const { messages, older } = chat.known;
  const newest = last(chat.known);
  const follow = useFollow(messages[0]?.seq, newest + chat.pending.length);
  const visible = useVisible();
  useEffect(() => {
    if (visible && follow.atEnd && newest > 0) onSeen();
  }, [visible, follow.atEnd, newest, onSeen]);
  return (
    <div className={styles.frame}>
      <div
        role="log"
        aria-label={t`Messages`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        ref={follow.ref}
        onScroll={(event) => {
          follow.onScroll();
          if (event.currentTarget.scrollTop < 200) onOlder();
        }}
        className={styles.log}
      >
        {older && (
          <div className={styles.older}>
            {chat.loadingOlder ? (
              <Spinner />
            ) : (
              <Button small look="quiet" onPress={onOlder}>
                <Trans>Older messages</Trans>
              </Button>
            )}
          </div>
        )}
        {messages.length + chat.pending.length === 0 && <p className={styles.empty}>{empty}</p>}
        {messages.map((message, place) => {
          const before = messages[place - 1];
          const day = formats.day(message.sent_at);
          return (
            <div key={message.id}>
              {(before === undefined || formats.day(before.sent_at) !== day) && (
                <p className={styles.day}>
                  <span>{day}</span>
                </p>
              )}
              <SaidMessage message={message} before={before} me={me} />
            </div>
          );
        })}
        <SeenBy chat={chat} me={me} />
        {chat.pending.map((pending) => (
          <OnTheWay key={pending.id} pending={pending} onRetry={onRetry} />
        ))}
      </div>
      {!follow.atEnd && (
        <div className={styles.down}>
          <Button small icon="chevron" onPress={follow.toEnd}>
            <Trans>To the newest</Trans>
          </Button>
        </div>
      )}
    </div>
  );
}

/** Below one's own last message: who has seen it. */
function SeenBy({ chat, me }: { chat: ChatState; me: string }) {
  const formats = useFormats();
  const mine = chat.known.messages.at(-1);
  if (mine === undefined || mine.sender_id !== me) return null;
  const names = new Map(chat.known.messages.map((each) => [each.sender_id, each.sender_name]));
  for (const each of chat.online) names.set(each.id, each.name);
  const who = Object.entries(chat.seen)
    .filter(([id, seq]) => id !== me && seq >= mine.seq)
    .map(([id]) => names.get(id))
    .filter((name) => name !== undefined);
  if (who.length === 0) return null;
  const list = formats.list(who);
  return (
    <p className={styles.seen}>
      <Trans>Seen by {list}</Trans>
    </p>
  );
}
