import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import type { Page } from "../api/types";

interface Row {
  id: string;
}

/** A list as it stands on the page while the one behind it goes on. */
export interface Held<Item> {
  items: Item[];
  /** Ids of rows that aren't in the list any more. */
  gone: ReadonlySet<string>;
  /** How many are in the list and not on the page. */
  fresh: number;
  /** Whether anything else than rows' own contents differs: what is there, or the order. */
  changed: boolean;
}

/** Rows keep the places that they were `shown` in; what is in them is the newest that is known. Pure. */
export function held<Item extends Row>(shown: readonly Item[], latest: readonly Item[]): Held<Item> {
  const now = new Map(latest.map((item) => [item.id, item]));
  const before = new Set(shown.map((item) => item.id));
  const gone = new Set(shown.filter((item) => !now.has(item.id)).map((item) => item.id));
  const fresh = latest.filter((item) => !before.has(item.id)).length;
  const moved = shown.length !== latest.length || shown.some((item, place) => item.id !== latest[place]?.id);
  return { items: shown.map((item) => now.get(item.id) ?? item), gone, fresh, changed: moved };
}

/** What is behind the page goes on; the page itself moves when `show` is called: nothing moves under the pointer. */
export function useHeld<Item extends Row>(
  query: UseInfiniteQueryResult<InfiniteData<Page<Item>>>,
): Held<Item> & { show: () => void } {
  const pages = query.data?.pages ?? [];
  const latest = pages.flatMap((page) => page.items);
  const [kept, setKept] = useState<{ shown: Item[]; pages: number } | null>(null);
  const show = () => setKept({ shown: latest, pages: pages.length });
  // Settled at first, longer by a page that was asked for, or nothing there that could move.
  const settles =
    query.data !== undefined &&
    !query.isFetching &&
    (kept === null || kept.pages !== pages.length || (kept.shown.length === 0 && latest.length > 0));
  if (settles) show();
  return { ...held(kept?.shown ?? latest, latest), show };
}
