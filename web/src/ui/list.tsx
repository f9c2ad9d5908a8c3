import { Trans } from "@lingui/react/macro";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Page } from "../api/types";
import { Button } from "./button";
import styles from "./list.module.css";
import { Failed, Skeleton } from "./states";

interface ListProps<Item> {
  query: UseInfiniteQueryResult<InfiniteData<Page<Item>>>;
  label: string;
  row: (item: Item) => ReactNode;
  empty: ReactNode;
  /** What stands on the page, where it doesn't follow the query at once. */
  shown?: Item[];
}

/** A list of the API's: loading, failed, empty and shown are four different things. */
export function List<Item>({ query, label, row, empty, shown }: ListProps<Item>) {
  const items = shown ?? query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.isPending) return <Skeleton lines={6} tall />;
  if (query.data === undefined) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      {query.isRefetchError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {items.length > 0 ? (
        <ul aria-label={label} className={styles.list}>
          {items.map(row)}
        </ul>
      ) : (
        !query.hasNextPage && <div className={styles.list}>{empty}</div>
      )}
      {query.isFetchNextPageError && (
        <Failed error={query.error} onRetry={() => void query.fetchNextPage()} />
      )}
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button onPress={() => void query.fetchNextPage()} isPending={query.isFetchingNextPage}>
            <Trans>Show more</Trans>
          </Button>
        </div>
      )}
    </>
  );
}
