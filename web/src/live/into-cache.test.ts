import { QueryClient } from "@tanstack/react-query";
import { beforeEach, describe, expect, it } from "vitest";
import type { ListedTicket, Ticket, TimelineEvent } from "../api/types";
import { notificationsQuery, unreadQuery } from "../notifications/queries";
import { countsQuery, ticketQuery, ticketsQuery, timelineQuery } from "../tickets/queries";
import type { LiveEvent } from "./events";
import { intoCache } from "./into-cache";

const AT = "2026-11-30T10:00:00Z";
const UNREAD = { comments: 3, chat: 1, private: [{ user_id: "u", count: 2 }] };
const READ = { comments: 0, chat: 0, private: [] };
const list = ticketsQuery({}).queryKey;
const one = ticketQuery("a").queryKey;
const timeline = timelineQuery("a").queryKey;

const row = (id: string, version: number, title: string) =>
  ({ id, version, title, unread: UNREAD }) as unknown as ListedTicket;
const told = (version: number, title: string): LiveEvent => ({
  type: "ticket",
  ticket: { ...row("a", version, title), unread: READ },
  at: AT,
});
const happened = (id: string) => ({ id }) as unknown as TimelineEvent;
const page = <Item>(...items: Item[]) => ({ pages: [{ items, next_cursor: null }], pageParams: [undefined] });

let cache: QueryClient;
const rows = () => cache.getQueryData(list)?.pages.flatMap(({ items }) => items) ?? [];
const events = () => cache.getQueryData(timeline)?.pages.flatMap(({ items }) => items.map(({ id }) => id));
const old = (key: readonly unknown[]) => cache.getQueryState(key)?.isInvalidated;

beforeEach(() => {
  cache = new QueryClient();
  cache.setQueryData(list, page(row("b", 1, "Other"), row("a", 2, "Before")) as never);
  cache.setQueryData(one, { ...row("a", 2, "Before"), description: "Long" } as unknown as Ticket);
  cache.setQueryData(timeline, page(happened("05"), happened("03")) as never);
});

describe("a ticket told live", () => {
  it("is shown in its place, its reader's unread count and long text kept", () => {
    intoCache(cache, told(3, "After"));
    expect(rows().map(({ title }) => title)).toEqual(["Other", "After"]);
    expect(rows()[1]?.unread).toEqual(UNREAD);
    expect(cache.getQueryData(one)).toMatchObject({ title: "After", description: "Long", unread: UNREAD });
    expect(old(one)).toBe(true);
  });

  it.each([1, 2])("changes nothing when it is no newer than what is shown (version %i)", (version) => {
    intoCache(cache, told(version, "Late"));
    expect(rows()[1]?.title).toBe("Before");
    expect(cache.getQueryData(one)?.title).toBe("Before");
    expect(old(one)).toBe(false);
  });

  it("makes the counts old", () => {
    cache.setQueryData(countsQuery.queryKey, {} as never);
    intoCache(cache, told(3, "After"));
    expect(old(countsQuery.queryKey)).toBe(true);
  });

  it("has every list read again when it is out of sight from now on", () => {
    intoCache(cache, { type: "left", ticket_id: "a", at: AT });
    expect(old(list)).toBe(true);
  });
});

describe("an event told live", () => {
  const tell = (id: string) =>
    intoCache(cache, { type: "event", ticket_id: "a", event: happened(id), at: AT });

  it("stands where its id says, each once, in whatever order they come", () => {
    for (const id of ["07", "04", "07", "03"]) tell(id);
    expect(events()).toEqual(["07", "05", "04", "03"]);
  });

  it("makes no timeline of a ticket that wasn't opened", () => {
    intoCache(cache, { type: "event", ticket_id: "c", event: happened("01"), at: AT });
    expect(cache.getQueryData(timelineQuery("c").queryKey)).toBeUndefined();
  });
});

describe("unread counts told live", () => {
  it("of a ticket are shown on its page and in its row alone", () => {
    intoCache(cache, { type: "unread", ticket_id: "a", ...READ, at: AT });
    expect(rows().map(({ unread }) => unread)).toEqual([UNREAD, READ]);
    expect(cache.getQueryData(one)?.unread).toEqual(READ);
  });

  it("of notifications are the bell's, and their list is read again", () => {
    const notifications = notificationsQuery(false).queryKey;
    cache.setQueryData(notifications, page() as never);
    intoCache(cache, { type: "unread", count: 4, at: AT });
    expect(cache.getQueryData(unreadQuery.queryKey)).toBe(4);
    expect(old(notifications)).toBe(true);
    expect(rows()[1]?.unread).toEqual(UNREAD);
  });
});

it("lets events of a later version of the API pass", () => {
  expect(() => intoCache(cache, { type: "later" } as unknown as LiveEvent)).not.toThrow();
});
