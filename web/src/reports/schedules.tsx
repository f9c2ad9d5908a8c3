import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { NewSchedule, Schedule } from "../api/types";
import { useAttempt } from "../api/use-attempt";
import { useSignedIn } from "../api/use-user";
import { useFormats } from "../i18n/format";
import { adminsQuery } from "../people/queries";
import { Button } from "../ui/button";
import { CheckGroup } from "../ui/check-group";
import { Form, FormButtons } from "../ui/form";
import { List } from "../ui/list";
import { Dialog } from "../ui/overlay";
import { Part } from "../ui/page";
import { Select } from "../ui/select";
import { Empty, Failed } from "../ui/states";
import { schedulesQuery, useCreateSchedule, useDeleteSchedule } from "./queries";
import styles from "./reports.module.css";
import { EVERY_WORDS, FORMAT_WORDS, KIND_WORDS } from "./words";

const KINDS: readonly Schedule["kind"][] = ["overview", "agents"];
const FORMATS: readonly Schedule["format"][] = ["pdf", "csv"];
const EVERY: readonly Schedule["every"][] = ["day", "week", "month"];
const FIELDS = ["kind", "format", "every", "recipients"];

/** Reports that are made again and again, and mailed to admins. */
export function Schedules() {
  const { t } = useLingui();
  const schedules = useInfiniteQuery(schedulesQuery());
  const remove = useDeleteSchedule();
  const [adding, setAdding] = useState(false);
  return (
    <Part title={t`Reports that come by themselves`}>
      {remove.isError && <Failed error={remove.error} />}
      <List
        query={schedules}
        label={t`Schedules`}
        row={(schedule) => (
          <Row
            key={schedule.id}
            schedule={schedule}
            onDelete={() => remove.mutate(schedule.id)}
            deleting={remove.isPending && remove.variables === schedule.id}
          />
        )}
        empty={
          <Empty icon="clock" title={t`No schedule yet`}>
            <p>
              <Trans>After each day, week or month a report is made, and its link is mailed to admins.</Trans>
            </p>
          </Empty>
        }
      />
      <div>
        <Button icon="plus" onPress={() => setAdding(true)}>
          <Trans>New schedule</Trans>
        </Button>
      </div>
      <Dialog title={t`New schedule`} isOpen={adding} onClose={() => setAdding(false)}>
        <NewScheduleForm onDone={() => setAdding(false)} />
      </Dialog>
    </Part>
  );
}

function Row({
  schedule,
  onDelete,
  deleting,
}: {
  schedule: Schedule;
  onDelete: () => void;
  deleting: boolean;
}) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const admins = useQuery(adminsQuery).data?.items ?? [];
  const names = admins.filter(({ id }) => schedule.recipients.includes(id)).map(({ name }) => name);
  const others = schedule.recipients.length - names.length;
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <p className={styles.name}>
          {i18n._(EVERY_WORDS[schedule.every])}: {i18n._(KIND_WORDS[schedule.kind])}
        </p>
        <p className={styles.facts}>
          {i18n._(FORMAT_WORDS[schedule.format])}
          {names.length > 0 && (
            <>
              {" · "}
              <bdi>{formats.list(names)}</bdi>
            </>
          )}
          {others > 0 && (
            <>
              {" · "}
              <Plural
                value={others}
                one="# person who is no admin now"
                other="# people who are no admins now"
              />
            </>
          )}
        </p>
      </div>
      <Button small onPress={onDelete} isPending={deleting}>
        <Trans>Delete</Trans>
      </Button>
    </li>
  );
}

function NewScheduleForm({ onDone }: { onDone: () => void }) {
  const { t, i18n } = useLingui();
  const user = useSignedIn();
  const admins = useQuery(adminsQuery);
  const [kind, setKind] = useState<Schedule["kind"]>("overview");
  const [format, setFormat] = useState<Schedule["format"]>("pdf");
  const [every, setEvery] = useState<Schedule["every"]>("week");
  const [recipients, setRecipients] = useState([user.id]);
  const create = useCreateSchedule();
  const attempt = useAttempt();
  const submit = () => {
    const body: NewSchedule = { kind, format, every, recipients, paper: null };
    create.mutate({ body, key: attempt.keyFor(body) }, { onSuccess: onDone });
  };
  const known = admins.data?.items ?? [user];
  return (
    <Form onSubmit={submit} error={create.error} fields={FIELDS}>
      <Select
        label={t`How often`}
        options={EVERY.map((id) => ({ id, label: i18n._(EVERY_WORDS[id]) }))}
        value={every}
        onChange={setEvery}
      />
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
      <CheckGroup
        label={t`To whom`}
        name="recipients"
        options={known.map(({ id, name }) => ({ id, label: name }))}
        value={recipients}
        onChange={setRecipients}
        isRequired
      />
      {admins.isError && <Failed error={admins.error} onRetry={() => void admins.refetch()} />}
      <FormButtons>
        <Button type="submit" look="primary" isPending={create.isPending}>
          <Trans>Create schedule</Trans>
        </Button>
      </FormButtons>
    </Form>
  );
}
