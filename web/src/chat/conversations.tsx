import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useFormats } from "../i18n/format";
import { useListen } from "../live/use-live";
import { participantsQuery } from "../tickets/queries";
import { CountMark } from "../ui/badge";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { Menu } from "../ui/menu";
import styles from "./chatbox.module.css";
import { conversationsQuery } from "./queries";

interface ConversationsProps {
  ticketId: string;
  chosen: string | null;
  onChoose: (withId: string | null) => void;
}

/** Everybody's conversation, one's private ones, and whom else one may write to. */
export function Conversations({ ticketId, chosen, onChoose }: ConversationsProps) {
  const { t } = useLingui();
  const formats = useFormats();
  const conversations = useQuery(conversationsQuery(ticketId));
  const people = useQuery(participantsQuery(ticketId));
  useListen("/user/queue/private-messages", (event) => {
    if (event.type === "message" && event.ticket_id === ticketId) void conversations.refetch();
  });
  const privately = (conversations.data?.items ?? []).filter((each) => each.with !== null);
  const listed = new Set(privately.map((each) => each.with?.id));
  const others = (people.data?.items ?? []).filter((each) => !listed.has(each.id));
  const begun = others.find((each) => each.id === chosen);
  const tabs = [
    { id: null as string | null, name: t`Everybody`, unread: 0 },
    ...privately.map((each) => ({
      id: each.with?.id ?? null,
      name: each.with?.name ?? "",
      unread: each.unread,
    })),
    ...(begun ? [{ id: begun.id, name: begun.name, unread: 0 }] : []),
  ];
  const free = others.filter((each) => each.id !== chosen);
  return (
    <nav className={styles.conversations} aria-label={t`Conversations`}>
      {tabs.map((tab) => {
        const count = formats.count(tab.unread);
        return (
          <button
            type="button"
            key={tab.id ?? ""}
            className={styles.conversation}
            aria-current={tab.id === chosen}
            onClick={() => onChoose(tab.id)}
          >
            <Icon name={tab.id === null ? "people" : "lock"} size={16} />
            <bdi>{tab.name}</bdi>
            {tab.unread > 0 && <CountMark count={count} label={t`${count} new`} />}
          </button>
        );
      })}
      {free.length > 0 && (
        <Menu
          label={t`Write to one person`}
          trigger={(props) => (
            <Button {...props} look="quiet" small icon="plus">
              <Trans>Privately</Trans>
            </Button>
          )}
          entries={free.map((each) => ({ id: each.id, label: each.name, onAction: () => onChoose(each.id) }))}
        />
      )}
    </nav>
  );
}
