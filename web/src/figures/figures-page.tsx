import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { asProblem } from "../api/problem";
import { useFormats } from "../i18n/format";
import { Page } from "../ui/page";
import { Failed, Skeleton } from "../ui/states";
import { Agents } from "./agents";
import styles from "./figures.module.css";
import type { FiguresSearch } from "./period";
import { PeriodForm } from "./period-form";
import { figuresQuery, useLiveFigures } from "./queries";
import { Happened, Now } from "./tiles";
import { Volume } from "./volume";

const route = getRouteApi("/inside/figures");

/** The desk in numbers, of any days; each number leads to its list where there is one. They move while one looks. */
export function FiguresPage() {
  const { t } = useLingui();
  const formats = useFormats();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const show = (next: FiguresSearch) => void navigate({ search: next });
  const figures = useQuery(figuresQuery(search));
  useLiveFigures(search);
  const { data: metrics } = figures;
  const ofDays = figures.isError && asProblem(figures.error).status === 422;
  return (
    <Page title={t`Figures`} width="wide">
      {figures.isPending && <Skeleton lines={4} tall />}
      {(metrics !== undefined || ofDays) && (
        <PeriodForm
          search={search}
          from={search.from ?? metrics?.from ?? ""}
          to={search.to ?? metrics?.to ?? ""}
          error={ofDays ? figures.error : null}
          onChange={show}
        />
      )}
      {figures.isError && !ofDays && <Failed error={figures.error} onRetry={() => void figures.refetch()} />}
      {metrics && (
        <>
          <div className={styles.columns}>
            <Now metrics={metrics} team={search.team} />
            <Happened metrics={metrics} team={search.team} />
          </div>
          <Volume metrics={metrics} team={search.team} />
          <Agents agents={metrics.agents} />
          <p className={styles.asOf}>
            <Trans>As of {formats.exact(metrics.as_of)}</Trans>
            {metrics.lag_seconds > 0 && (
              <>
                {" · "}
                <Trans>
                  what changed in the last {formats.duration(metrics.lag_seconds)} isn't counted yet
                </Trans>
              </>
            )}
          </p>
        </>
      )}
    </Page>
  );
}
