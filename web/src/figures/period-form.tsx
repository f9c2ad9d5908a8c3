import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { configQuery } from "../api/queries";
import { shifted, today } from "../i18n/days";
import { teamsQuery } from "../people/queries";
import { Button } from "../ui/button";
import { TextField } from "../ui/field";
import { Form } from "../ui/form";
import { Select } from "../ui/select";
import styles from "./figures.module.css";
import { type FiguresSearch, parseFiguresSearch } from "./period";

interface PeriodFormProps {
  search: FiguresSearch;
  /** The days that are shown. */
  from: string;
  to: string;
  /** What the API said of the days. */
  error: unknown;
  onChange: (search: FiguresSearch) => void;
}

const FIELDS = ["from", "to"];
const ALL = "all";
/** Days of a press; 30 is what a bare address shows. */
const LENGTHS = [7, 30, 90, 365];

/** Which days, and whose team. */
export function PeriodForm({ search, from, to, error, onChange }: PeriodFormProps) {
  const { t } = useLingui();
  const { data: config } = useQuery(configQuery);
  const teams = useQuery(teamsQuery).data?.items ?? [];
  const team = search.team === undefined ? {} : { team: search.team };
  const last = (count: number) => {
    const now = today(config?.time_zone);
    onChange(count === 30 ? team : { ...team, from: shifted(now, 1 - count), to: now });
  };
  return (
    <div className={styles.period}>
      <Form
        // Other days in the address are other days in the fields.
        key={`${from} ${to}`}
        label={t`Days`}
        error={error}
        fields={FIELDS}
        onSubmit={(form) => onChange({ ...team, ...parseFiguresSearch(Object.fromEntries(form)) })}
      >
        <div className={styles.days}>
          <TextField label={t`From`} name="from" type="date" defaultValue={from} isRequired />
          <TextField label={t`To`} name="to" type="date" defaultValue={to} isRequired />
          <Button type="submit">
            <Trans>Show these days</Trans>
          </Button>
        </div>
      </Form>
      <div className={styles.lengths}>
        {LENGTHS.map((count) => (
          <Button key={count} small look="quiet" onPress={() => last(count)}>
            <Trans>Last {count} days</Trans>
          </Button>
        ))}
        {teams.length > 1 && (
          <Select
            label={t`Team`}
            quietLabel
            options={[
              { id: ALL, label: t`All teams` },
              ...teams.map(({ id, name }) => ({ id, label: name })),
            ]}
            value={search.team ?? ALL}
            onChange={(id) => {
              const { team: _, ...days } = search;
              onChange(id === ALL ? days : { ...days, team: id });
            }}
          />
        )}
      </div>
    </div>
  );
}
