import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useLayoutEffect, useRef } from "react";
import type { Ticket, TimelineEvent, User } from "../api/types";
import { Button } from "../ui/button";
import { Failed, Skeleton } from "../ui/states";
import { Happened } from "./happened";
import { Message, Opening } from "./message";
import { useSeen } from "./mutations";
import { timelineQuery } from "./queries";
import styles from "./timeline.module.css";

/** What happened on a ticket, the newest at the bottom; older pages are added above without a jump. */
export function Timeline({ ticket, reader }: { ticket: Ticket; reader: User }) {
  const { t } = useLingui();
  const timeline = useInfiniteQuery(timelineQuery(ticket.id));
  const pages = timeline.data?.pages ?? [];
  const events = pages.flatMap((page) => page.items).reverse();
  const whole = timeline.data !== undefined && !timeline.hasNextPage;
  useMarkSeen(ticket, events);
  const list = useKeptPlace(events[0]?.id);

  if (timeline.isPending) return <Skeleton lines={4} tall />;
  if (timeline.data === undefined)
    return <Failed error={timeline.error} onRetry={() => void timeline.refetch()} />;
  return (
    <>
      {timeline.isError && <Failed error={timeline.error} onRetry={() => void timeline.refetch()} />}
      {timeline.hasNextPage && (
        <div className={styles.older}>
          <Button small isPending={timeline.isFetchingNextPage} onPress={() => void timeline.fetchNextPage()}>
            <Trans>Show what was before</Trans>
          </Button>
        </div>
      )}
      <ol ref={list} className={styles.timeline} aria-label={t`Timeline`}>
        {whole && <Opening ticket={ticket} reader={reader} />}
        {events.map((event) => (
          <Line key={event.id} event={event} ticket={ticket} reader={reader} />
        ))}
      </ol>
    </>
  );
}

function Line({ event, ticket, reader }: { event: TimelineEvent; ticket: Ticket; reader: User }) {
  switch (event.kind) {
    case "created":
      return null; // the description stands in its place
    case "comment":
    case "note":
      return <Message said={event.said} kind={event.kind} reader={reader} />;
    default:
      return <Happened event={event} ticket={ticket} reader={reader} />;
  }
}

/** What is shown while the window can be seen was seen. */
function useMarkSeen(ticket: Ticket, events: TimelineEvent[]): void {
  const { mutate } = useSeen(ticket.id);
  const comment = events.findLast((event) => event.kind === "comment");
  const newest = comment?.kind === "comment" ? comment.said.id : undefined;
  const unread = ticket.unread.comments;
  useEffect(() => {
    if (newest === undefined || unread === 0) return;
    const mark = () => document.visibilityState === "visible" && mutate(newest);
    mark();
    document.addEventListener("visibilitychange", mark);
    return () => document.removeEventListener("visibilitychange", mark);
  }, [newest, unread, mutate]);
}

/** Keeps what is read in its place when something is put above it: `first` is what stands on top. */
function useKeptPlace(first: string | undefined) {
  const list = useRef<HTMLOListElement>(null);
  const before = useRef<{ first: string | undefined; height: number }>({ first, height: 0 });
  useLayoutEffect(() => {
    const height = list.current?.scrollHeight ?? 0;
    const was = before.current;
    if (was.first !== undefined && was.first !== first && was.height > 0) {
      globalThis.scrollBy({ top: height - was.height, behavior: "instant" });
    }
    before.current = { first, height };
  });
  return list;
}
