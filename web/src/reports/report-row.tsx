import { Trans, useLingui } from "@lingui/react/macro";
import type { Report } from "../api/types";
import { useFormats } from "../i18n/format";
import { Badge } from "../ui/badge";
import { Button, Link } from "../ui/button";
import { Failed, Spinner } from "../ui/states";
import { Time } from "../ui/time";
import { useDownload } from "./queries";
import styles from "./reports.module.css";
import { FORMAT_WORDS, KIND_WORDS, STATE_TONES, STATE_WORDS } from "./words";

/** What a report is of: "Overview, 1 – 30 November 2026". */
export function useReportName(): (report: Pick<Report, "kind" | "from" | "to">) => string {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  return ({ kind, from, to }) => {
    const what = i18n._(KIND_WORDS[kind]);
    const days = formats.days(from, to);
    return t`${what}, ${days}`;
  };
}

export function ReportRow({ report }: { report: Report }) {
  const { i18n } = useLingui();
  const name = useReportName();
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <Link to="/reports/$reportId" params={{ reportId: report.id }} className={styles.name ?? ""}>
          {name(report)}
        </Link>
        <p className={styles.facts}>
          {i18n._(FORMAT_WORDS[report.format])}
          {" · "}
          <Time at={report.created_at} />
        </p>
      </div>
      <State report={report} />
    </li>
  );
}

/** How far it is, and the file once it is there. */
export function State({ report }: { report: Report }) {
  const { i18n } = useLingui();
  const download = useDownload();
  return (
    <div className={styles.state}>
      <span role="status" className={styles.status}>
        {report.status === "pending" && <Spinner />}
        <Badge tone={STATE_TONES[report.status]}>{i18n._(STATE_WORDS[report.status])}</Badge>
      </span>
      {report.status === "ready" && (
        <Button small onPress={() => download.mutate(report.id)} isPending={download.isPending}>
          <Trans>Download</Trans>
        </Button>
      )}
      {report.error && <p className={styles.facts}>{report.error}</p>}
      {download.isError && <Failed error={download.error} onRetry={() => download.mutate(report.id)} />}
    </div>
  );
}
