import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { List } from "../ui/list";
import { Page, Part } from "../ui/page";
import { Empty } from "../ui/states";
import { NewReportCard } from "./new-report";
import { reportsQuery, useLiveReports } from "./queries";
import { ReportRow } from "./report-row";
import { Schedules } from "./schedules";

/** Reports that were asked for, with their progress; and those that come by themselves. */
export function ReportsPage() {
  const { t } = useLingui();
  const reports = useInfiniteQuery(reportsQuery());
  useLiveReports();
  return (
    <Page title={t`Reports`}>
      <NewReportCard />
      <Part title={t`Reports made`}>
        <List
          query={reports}
          label={t`Reports made`}
          row={(report) => <ReportRow key={report.id} report={report} />}
          empty={
            <Empty icon="report" title={t`No report yet`}>
              <p>
                <Trans>A report holds the desk's figures of some days, to be kept or sent on.</Trans>
              </p>
            </Empty>
          }
        />
      </Part>
      <Schedules />
    </Page>
  );
}
