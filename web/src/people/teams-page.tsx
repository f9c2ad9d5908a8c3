import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { useAttempt } from "../api/use-attempt";
import { Button, Link } from "../ui/button";
import { TextField } from "../ui/field";
import { Form, FormButtons } from "../ui/form";
import { Card, Page } from "../ui/page";
import { Failed, Skeleton } from "../ui/states";
import { toast } from "../ui/toast";
import styles from "./people.module.css";
import { peopleKeys, teamsQuery } from "./queries";

const FIELDS = ["id", "name"];

/** The desk's teams, and a further one. */
export function TeamsPage() {
  const { t } = useLingui();
  const teams = useQuery(teamsQuery);
  return (
    <Page title={t`Teams`} width="narrow">
      {teams.isPending && <Skeleton lines={3} tall />}
      {teams.isError && <Failed error={teams.error} onRetry={() => void teams.refetch()} />}
      {teams.data && (
        <Card label={t`Teams`}>
          <ul aria-label={t`Teams`}>
            {teams.data.items.map(({ id, name }) => (
              <li key={id} className={styles.team}>
                <span className={styles.name}>
                  <bdi>{name}</bdi>
                </span>
                <code>{id}</code>
                <Link to="/team" search={{ team: id }}>
                  <Trans>Tickets and agents</Trans>
                </Link>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <NewTeam />
    </Page>
  );
}

function NewTeam() {
  const { t } = useLingui();
  const cache = useQueryClient();
  // Another key is another, empty form.
  const [round, setRound] = useState(0);
  const attempt = useAttempt();
  const create = useMutation({
    mutationFn: ({ body, key }: { body: { id: string; name: string }; key: string }) =>
      ok(api.POST("/teams", { body, params: { header: { "Idempotency-Key": key } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: peopleKeys.teams }),
  });
  const submit = (form: FormData) => {
    const body = { id: String(form.get("id") ?? ""), name: String(form.get("name") ?? "") };
    create.mutate(
      { body, key: attempt.keyFor(body) },
      {
        onSuccess: ({ name }) => {
          setRound((before) => before + 1);
          toast({ text: t`The team ${name} is there.`, icon: "check" });
        },
      },
    );
  };
  return (
    <Card title={t`New team`}>
      <Form key={round} onSubmit={submit} error={create.error} fields={FIELDS} label={t`New team`}>
        <TextField label={t`Name`} name="name" isRequired maxLength={100} />
        <TextField
          label={t`Short name`}
          name="id"
          isRequired
          maxLength={40}
          pattern="[a-z0-9][a-z0-9\-]*"
          hint={t`For addresses and programs: lower-case letters, digits and hyphens. It stays for ever.`}
        />
        <FormButtons>
          <Button type="submit" isPending={create.isPending}>
            <Trans>Create team</Trans>
          </Button>
        </FormButtons>
      </Form>
    </Card>
  );
}
