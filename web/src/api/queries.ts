/** Options of reads that every part of the page uses. A feature's own stand in its folder. */
import { infiniteQueryOptions, QueryClient, queryOptions } from "@tanstack/react-query";
import { api, ok } from "./client";
import { asProblem } from "./problem";
import type { Page } from "./types";

const AGAIN = new Set([0, 429, 502, 503, 504]);

/** A failed read is tried again where trying again can help. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (count, error) => count < 2 && AGAIN.has(asProblem(error).status),
        retryDelay: (count, error) => (asProblem(error).retryAfter ?? 2 ** count) * 1000,
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

export const configQuery = queryOptions({
  queryKey: ["config"],
  queryFn: ({ signal }) => ok(api.GET("/config", { signal })),
  staleTime: 60_000,
});

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => ok(api.GET("/auth/me", { signal })),
});

/** A list that goes on: `read` gets one page by its cursor. */
export function listOptions<Item, const Key extends readonly unknown[]>(
  queryKey: Key,
  read: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Item>>,
) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}
