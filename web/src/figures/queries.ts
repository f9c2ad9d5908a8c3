/** The desk's figures: read by the days in the address, and followed live. */
import { keepPreviousData, queryOptions, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api, ok } from "../api/client";
import { useListen } from "../live/use-live";
import type { FiguresSearch } from "./period";

export const figureKeys = { all: ["figures"] as const };

export function figuresQuery(search: FiguresSearch) {
  return queryOptions({
    queryKey: [...figureKeys.all, search] as const,
    queryFn: ({ signal }) => ok(api.GET("/metrics", { params: { query: search }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** Milliseconds for which changes are gathered before other days than the last 30 are read again. */
const GATHERED = 2000;

/** What is told live are the last 30 days of all teams; other figures are read again when it is told. */
export function useLiveFigures(search: FiguresSearch): void {
  const cache = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useListen("/topic/metrics", (event) => {
    if (event.type !== "metrics") return;
    const { metrics } = event;
    cache.setQueryData(figuresQuery({}).queryKey, (shown) =>
      shown === undefined || Date.parse(metrics.as_of) >= Date.parse(shown.as_of) ? metrics : shown,
    );
    if (Object.keys(search).length === 0 || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      void cache.invalidateQueries({ queryKey: figuresQuery(search).queryKey });
    }, GATHERED);
  });
}
