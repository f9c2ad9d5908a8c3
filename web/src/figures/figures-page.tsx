import { Trans, useLingui } from "@lingui/react/macro";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { useFormats } from "../i18n/format";
import { STATUSES } from "../tickets/filters";
import { STATUS_WORDS } from "../tickets/words";
import { Link } from "../ui/button";
import { Card, Page } from "../ui/page";
import { Failed, Skeleton } from "../ui/states";
import styles from "./figures.module.css";

const figuresQuery = queryOptions({
  queryKey: ["figures"],
  queryFn: ({ signal }) => ok(api.GET("/metrics", { signal })),
});

/** How many tickets there are in each state; each number leads to its list. */
export function FiguresPage() {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const figures = useQuery(figuresQuery);
  return (
    <Page title={t`Figures`}>
      {figures.isPending && <Skeleton lines={3} tall />}
      {figures.isError && <Failed error={figures.error} onRetry={() => void figures.refetch()} />}
      {figures.data && (
        <Card title={t`Tickets now`}>
          <ul className={styles.tiles}>
            {STATUSES.map((status) => (
              <li key={status}>
                <Link to="/tickets" search={{ status: [status] }} className={styles.tile ?? ""}>
                  <strong>{formats.number(figures.data.status_counts[status])}</strong>
                  <span>{i18n._(STATUS_WORDS[status])}</span>
                </Link>
              </li>
            ))}
          </ul>
          <p className={styles.asOf}>
            <Trans>As of {formats.exact(figures.data.as_of)}</Trans>
          </p>
        </Card>
      )}
    </Page>
  );
}
