import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useFormats } from "../i18n/format";
import { ButtonLink } from "../ui/button";
import { Card, Page } from "../ui/page";
import { Failed, Skeleton } from "../ui/states";
import { reportQuery, useLiveReports } from "./queries";
import { State, useReportName } from "./report-row";
import styles from "./reports.module.css";
import { FORMAT_WORDS } from "./words";

const route = getRouteApi("/inside/reports/$reportId");

/** One report: where the mail that tells of it leads. */
export function ReportPage() {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const name = useReportName();
  const report = useQuery(reportQuery(route.useParams().reportId));
  useLiveReports();
  return (
    <Page
      title={report.data === undefined ? t`Report` : name(report.data)}
      width="narrow"
      actions={
        <ButtonLink to="/reports" icon="back" look="quiet">
          <Trans>All reports</Trans>
        </ButtonLink>
      }
    >
      {report.isPending && <Skeleton lines={2} tall />}
      {report.isError && <Failed error={report.error} onRetry={() => void report.refetch()} />}
      {report.data && (
        <Card>
          <p className={styles.facts}>
            {i18n._(FORMAT_WORDS[report.data.format])}
            {" · "}
            <Trans>asked for on {formats.exact(report.data.created_at)}</Trans>
          </p>
          <State report={report.data} />
        </Card>
      )}
    </Page>
  );
}
