/** From a live event to what the page shows, in one place. Older news is skipped, what isn't known is read again. */
import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { ListedTicket, Page, Ticket, TimelineEvent, Unread } from "../api/types";
import { notificationKeys, unreadQuery } from "../notifications/queries";
import { oldCounts, ticketKeys, ticketQuery, timelineQuery } from "../tickets/queries";
import type { LiveEvent } from "./events";

type Pages<Item> = InfiniteData<Page<Item>>;

/** Works an event into the cache. Never throws for an event of a later version of the API. */
export function intoCache(cache: QueryClient, event: LiveEvent): void {
  switch (event.type) {
    case "ticket":
      tookTicket(cache, event.ticket);
      return;
    case "event":
      tookEvent(cache, event.ticket_id, event.event);
      return;
    case "left":
      void cache.invalidateQueries({ queryKey: ticketKeys.all });
      return;
    case "unread":
      if ("ticket_id" in event) tookUnread(cache, event.ticket_id, event);
      else {
        // Told after every notification, and when some were read elsewhere.
        cache.setQueryData(unreadQuery.queryKey, event.count);
        void cache.invalidateQueries({ queryKey: notificationKeys.lists });
      }
      return;
    default:
      return;
  }
}

/** After a cut the lists are the truth: what is on the page is read again. */
export function afterCut(cache: QueryClient): void {
  void cache.invalidateQueries();
}

function tookTicket(cache: QueryClient, ticket: ListedTicket): void {
  const shown = cache.getQueryData(ticketQuery(ticket.id).queryKey);
  if (shown !== undefined && ticket.version > shown.version) {
    cache.setQueryData(ticketQuery(ticket.id).queryKey, { ...shown, ...without(ticket) });
    // What one may do with it may have changed as well, and a long text isn't told.
    void cache.invalidateQueries({ queryKey: ticketKeys.one(ticket.id), exact: true });
  }
  patchLists(cache, ticket.id, (row) =>
    ticket.version > row.version ? { ...row, ...without(ticket) } : row,
  );
  oldCounts(cache);
}

/** A live ticket says nothing of what its reader has read. */
function without(ticket: ListedTicket): Omit<ListedTicket, "unread"> {
  const { unread: _, ...rest } = ticket;
  return rest;
}

function tookEvent(cache: QueryClient, ticketId: string, event: TimelineEvent): void {
  cache.setQueryData(timelineQuery(ticketId).queryKey, (shown: Pages<TimelineEvent> | undefined) => {
    const newest = shown?.pages[0];
    if (shown === undefined || newest === undefined) return shown;
    if (shown.pages.some((page) => page.items.some((each) => each.id === event.id))) return shown;
    const items = [...newest.items, event].sort((one, other) => (one.id < other.id ? 1 : -1));
    return { ...shown, pages: [{ ...newest, items }, ...shown.pages.slice(1)] };
  });
}

function tookUnread(cache: QueryClient, ticketId: string, { comments, chat, private: priv }: Unread): void {
  const unread: Unread = { comments, chat, private: priv };
  cache.setQueryData(ticketQuery(ticketId).queryKey, (ticket: Ticket | undefined) =>
    ticket === undefined ? ticket : { ...ticket, unread },
  );
  patchLists(cache, ticketId, (row) => ({ ...row, unread }));
}

/** Changes a ticket's row wherever it is listed, in its place: nothing moves under the pointer. */
function patchLists(cache: QueryClient, id: string, change: (row: ListedTicket) => ListedTicket): void {
  cache.setQueriesData<Pages<ListedTicket>>({ queryKey: ticketKeys.lists }, (shown) => {
    if (shown === undefined || !shown.pages.some((page) => page.items.some((row) => row.id === id)))
      return shown;
    const pages = shown.pages.map((page) => ({
      ...page,
      items: page.items.map((row) => (row.id === id ? change(row) : row)),
    }));
    return { ...shown, pages };
  });
}
