import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { configQuery } from "../api/queries";
import type { NewReport, Report } from "../api/types";
import { useAttempt } from "../api/use-attempt";
import { shifted, today } from "../i18n/days";
import { Button } from "../ui/button";
import { TextField } from "../ui/field";
import { Form, FormButtons } from "../ui/form";
import { Card } from "../ui/page";
import { Select } from "../ui/select";
import { toast } from "../ui/toast";
import { useCreateReport } from "./queries";
import styles from "./reports.module.css";
import { FORMAT_WORDS, KIND_WORDS } from "./words";

const FIELDS = ["kind", "from", "to", "format"];
const KINDS: readonly Report["kind"][] = ["overview", "agents"];
const FORMATS: readonly Report["format"][] = ["pdf", "csv"];

/** Asks for a report: of the last 30 days, unless other days are chosen. */
export function NewReportCard() {
  const { t, i18n } = useLingui();
  const { data: config } = useQuery(configQuery);
  const now = today(config?.time_zone);
  const [kind, setKind] = useState<Report["kind"]>("overview");
  const [format, setFormat] = useState<Report["format"]>("pdf");
  const [days, setDays] = useState<{ from?: string; to?: string }>({});
  const { from = shifted(now, -29), to = now } = days;
  const create = useCreateReport();
  const attempt = useAttempt();
  const submit = () => {
    const body: NewReport = { kind, from, to, format, paper: null };
    create.mutate(
      { body, key: attempt.keyFor(body) },
      {
        onSuccess: () => {
          attempt.done();
          toast({ text: t`The report is being made. It appears below in a few seconds.`, icon: "report" });
        },
      },
    );
  };
  return (
    <Card title={t`New report`}>
      <Form onSubmit={submit} error={create.error} fields={FIELDS} label={t`New report`}>
        <div className={styles.fields}>
          <Select
            label={t`Of what`}
            options={KINDS.map((id) => ({ id, label: i18n._(KIND_WORDS[id]) }))}
            value={kind}
            onChange={setKind}
          />
          <Select
            label={t`Format`}
            options={FORMATS.map((id) => ({ id, label: i18n._(FORMAT_WORDS[id]) }))}
            value={format}
            onChange={setFormat}
          />
          <TextField
            label={t`From`}
            name="from"
            type="date"
            value={from}
            onChange={(value) => setDays({ ...days, from: value })}
            isRequired
          />
          <TextField
            label={t`To`}
            name="to"
            type="date"
            value={to}
            onChange={(value) => setDays({ ...days, to: value })}
            isRequired
          />
        </div>
        <FormButtons>
          <Button type="submit" look="primary" icon="report" isPending={create.isPending}>
            <Trans>Create report</Trans>
          </Button>
        </FormButtons>
      </Form>
    </Card>
  );
}
