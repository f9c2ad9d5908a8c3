import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { AuditEntry } from "../api/types";
import { Button } from "../ui/button";
import { TextField } from "../ui/field";
import { Form } from "../ui/form";
import { List } from "../ui/list";
import { Page } from "../ui/page";
import { Select } from "../ui/select";
import { Empty } from "../ui/states";
import { Time } from "../ui/time";
import styles from "./audit.module.css";
import { Person } from "./person";
import { auditQuery } from "./queries";
import { type AuditSearch, parseAuditSearch } from "./search";
import { Sentence } from "./sentence";
import { ACTION_WORDS, ACTIONS } from "./words";

const route = getRouteApi("/inside/audit");
const ALL = "all";
const FIELDS = ["from", "to"];

/** Who did what to whom, newest first; nothing in it ever changes. */
export function AuditPage() {
  const { t, i18n } = useLingui();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const show = (next: AuditSearch) => void navigate({ search: next, replace: true });
  const { action: named, ...rest } = search;
  const action = ACTIONS.find((each) => each === named);
  const entries = useInfiniteQuery(auditQuery({ ...rest, ...(action === undefined ? {} : { action }) }));
  const { from, to, ...others } = search;
  return (
    <Page title={t`Audit`}>
      <div className={styles.bar}>
        <Select
          label={t`Action`}
          options={[
            { id: ALL, label: t`All actions` },
            ...ACTIONS.map((id) => ({ id, label: i18n._(ACTION_WORDS[id]) })),
          ]}
          value={action ?? ALL}
          onChange={(id) => show(id === ALL ? rest : { ...rest, action: id })}
        />
        <Form
          key={`${from} ${to}`}
          label={t`Days`}
          error={entries.error}
          fields={FIELDS}
          onSubmit={(form) => show({ ...others, ...parseAuditSearch(Object.fromEntries(form)) })}
        >
          <div className={styles.days}>
            <TextField label={t`From`} name="from" type="date" defaultValue={from ?? ""} />
            <TextField label={t`To`} name="to" type="date" defaultValue={to ?? ""} />
            <Button type="submit">
              <Trans>Show these days</Trans>
            </Button>
          </div>
        </Form>
      </div>
      <Chosen search={search} onChange={show} />
      <List
        query={entries}
        label={t`Audit`}
        row={(entry) => (
          <Row key={entry.id} entry={entry} onChoose={(next) => show({ ...search, ...next })} />
        )}
        empty={
          <Empty icon="shield" title={t`Nothing matches`}>
            <Button onPress={() => show({})}>
              <Trans>Show all</Trans>
            </Button>
          </Empty>
        }
      />
    </Page>
  );
}

/** Whose entries alone are shown, and the way back. */
function Chosen({ search, onChange }: { search: AuditSearch; onChange: (search: AuditSearch) => void }) {
  const { actor, subject, ...rest } = search;
  if (actor === undefined && subject === undefined) return null;
  return (
    <p className={styles.chosen}>
      {actor !== undefined && (
        <span>
          <Trans>
            Done by <Person id={actor} />
          </Trans>
        </span>
      )}
      {subject !== undefined && (
        <span>
          <Trans>
            Done to <Person id={subject} />
          </Trans>
        </span>
      )}
      <Button small onPress={() => onChange(rest)}>
        <Trans>Everybody's</Trans>
      </Button>
    </p>
  );
}

function Row({ entry, onChoose }: { entry: AuditEntry; onChoose: (search: AuditSearch) => void }) {
  const { actor_id: actor, subject_id: subject } = entry;
  return (
    <li className={styles.row}>
      <div>
        <p className={styles.what}>
          <Sentence entry={entry} />
        </p>
        <p className={styles.facts}>
          <Time at={entry.at} />
          {entry.ip !== null && (
            <>
              {" · "}
              <bdi>{entry.ip}</bdi>
            </>
          )}
          {entry.request_id !== null && (
            <>
              {" · "}
              <bdi className={styles.request}>{entry.request_id}</bdi>
            </>
          )}
        </p>
      </div>
      <div className={styles.only}>
        {actor !== null && (
          <Button small look="quiet" onPress={() => onChoose({ actor })}>
            <Trans>Only theirs</Trans>
          </Button>
        )}
        {subject !== null && subject !== actor && (
          <Button small look="quiet" onPress={() => onChoose({ subject })}>
            <Trans>Only to this</Trans>
          </Button>
        )}
      </div>
    </li>
  );
}
