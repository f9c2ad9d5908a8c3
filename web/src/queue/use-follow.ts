import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { LiveEvent } from "../live/events";
import { useListen } from "../live/use-live";
import { tookAgent } from "../people/queries";

/** Milliseconds for which events are gathered before lists are read again. */
const GATHERED = 800;

const LISTS = new Set<LiveEvent["type"]>(["ticket", "left", "queue"]);

/** While it is shown, what a destination tells makes these lists old; agents are shown as they are told. */
export function useFollow(destination: string | null, lists: readonly QueryKey[]): void {
  const cache = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useListen(destination, (event) => {
    if (event.type === "agent") tookAgent(cache, event.agent);
    if (!LISTS.has(event.type)) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      for (const queryKey of lists) void cache.invalidateQueries({ queryKey });
    }, GATHERED);
  });
}
