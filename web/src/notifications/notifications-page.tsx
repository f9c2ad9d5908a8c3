import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { Notification } from "../api/types";
import { Button, Link } from "../ui/button";
import { Icon, type IconName } from "../ui/icon";
import { List } from "../ui/list";
import { Page } from "../ui/page";
import { Empty } from "../ui/states";
import { Time } from "../ui/time";
import styles from "./notifications.module.css";
import { notificationsQuery, useMarkRead } from "./queries";

const ICONS: Record<Notification["kind"], IconName> = {
  assigned: "person",
  comment: "mail",
  reopened: "refresh",
  status: "ticket",
  resolved: "check",
  closing: "clock",
  chat: "chat",
};

export function NotificationsPage() {
  const { t } = useLingui();
  const all = useInfiniteQuery(notificationsQuery(false));
  const markRead = useMarkRead();
  const unread = all.data?.pages.some((page) => page.items.some((each) => !each.read));
  return (
    <Page
      title={t`Notifications`}
      width="narrow"
      actions={
        unread && (
          <Button icon="check" onPress={() => markRead.mutate({ all: true })} isPending={markRead.isPending}>
            <Trans>Mark all as read</Trans>
          </Button>
        )
      }
    >
      <List
        query={all}
        label={t`Notifications`}
        row={(each) => <Row key={each.id} notification={each} />}
        empty={
          <Empty icon="bell" title={t`Nothing new`}>
            <p>
              <Trans>When something happens with your tickets, it stands here.</Trans>
            </p>
          </Empty>
        }
      />
    </Page>
  );
}

function Row({ notification }: { notification: Notification }) {
  const markRead = useMarkRead();
  const chat = notification.kind === "chat";
  return (
    <li className={`${styles.row} ${notification.read ? "" : styles.isNew}`}>
      <span className={styles.icon}>
        <Icon name={ICONS[notification.kind]} />
      </span>
      <div className={styles.words}>
        <Link
          to="/tickets/$ticketId"
          params={{ ticketId: notification.ticket_id }}
          search={chat ? { chat: 1 as const } : {}}
          className={styles.link ?? ""}
          onPress={() => !notification.read && markRead.mutate({ ids: [notification.id] })}
        >
          <Said notification={notification} />
        </Link>
        <p className={styles.ticket}>
          #{notification.number} <bdi>{notification.title}</bdi>
        </p>
      </div>
      <span className={styles.when}>
        <Time at={notification.at} still />
      </span>
    </li>
  );
}

function Said({ notification }: { notification: Notification }) {
  const who = <bdi>{notification.actor_name}</bdi>;
  switch (notification.kind) {
    case "assigned":
      return <Trans>You have a new ticket</Trans>;
    case "comment":
      return <Trans>{who} wrote a comment</Trans>;
    case "reopened":
      return <Trans>{who} opened it again</Trans>;
    case "resolved":
      return <Trans>{who} says it is solved</Trans>;
    case "closing":
      return <Trans>It closes by itself soon</Trans>;
    case "chat":
      return <Trans>{who} wrote in the chat</Trans>;
    case "status":
      return <Trans>{who} changed the state</Trans>;
  }
}
