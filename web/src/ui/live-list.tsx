import { Trans } from "@lingui/react/macro";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Page } from "../api/types";
import { useFormats } from "../i18n/format";
import { Button } from "./button";
import { useHeld } from "./held";
import { List } from "./list";
import styles from "./list.module.css";

interface LiveListProps<Item> {
  query: UseInfiniteQueryResult<InfiniteData<Page<Item>>>;
  label: string;
  /** `gone`: the row isn't in the list any more. */
  row: (item: Item, gone: boolean) => ReactNode;
  empty: ReactNode;
}

/** A list that goes on while it is looked at: what comes is counted, and shown on a click. */
export function LiveList<Item extends { id: string }>({ query, row, ...props }: LiveListProps<Item>) {
  const formats = useFormats();
  const { items, gone, fresh, changed, show } = useHeld(query);
  const count = formats.number(fresh);
  return (
    <div className={styles.live}>
      <div role="status" className={styles.fresh}>
        {changed && !query.isFetching && (
          <Button small look="primary" icon="refresh" onPress={show}>
            {fresh > 0 ? <Trans>{count} new</Trans> : <Trans>Show what changed</Trans>}
          </Button>
        )}
      </div>
      <List query={query} {...props} shown={items} row={(item) => row(item, gone.has(item.id))} />
    </div>
  );
}
