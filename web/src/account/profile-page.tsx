import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useSignedIn } from "../api/use-user";
import { LOCALES } from "../i18n";
import { Button } from "../ui/button";
import { Switch } from "../ui/choice";
import { TextField } from "../ui/field";
import { Form, FormButtons } from "../ui/form";
import { Card, Page } from "../ui/page";
import { Select } from "../ui/select";
import { Failed } from "../ui/states";
import { toast } from "../ui/toast";
import { FactorCard } from "./factor-card";
import { PasswordCard } from "./password-card";
import { useChangeProfile } from "./requests";
import { SessionsCard } from "./sessions-card";

const BROWSER = "browser";

export function ProfilePage() {
  const { t } = useLingui();
  return (
    <Page title={t`Profile`} width="narrow">
      <NameCard />
      <PreferencesCard />
      <PasswordCard />
      <FactorCard />
      <SessionsCard />
    </Page>
  );
}

function NameCard() {
  const { t } = useLingui();
  const user = useSignedIn();
  const change = useChangeProfile();
  const [name, setName] = useState(user.name);
  const save = () => change.mutate({ name }, { onSuccess: () => toast({ text: t`Saved.`, icon: "check" }) });
  return (
    <Card title={t`About you`}>
      <Form onSubmit={save} error={change.error} fields={["name"]}>
        <TextField
          label={t`Name`}
          name="name"
          value={name}
          onChange={setName}
          isRequired
          maxLength={100}
          autoComplete="name"
        />
        <TextField
          label={t`Email`}
          value={user.email}
          isReadOnly
          hint={t`An administrator can give you another account.`}
        />
        <FormButtons>
          <Button type="submit" look="primary" isDisabled={name === user.name} isPending={change.isPending}>
            <Trans>Save the name</Trans>
          </Button>
        </FormButtons>
      </Form>
    </Card>
  );
}

/** Each takes effect at once. */
function PreferencesCard() {
  const { t } = useLingui();
  const user = useSignedIn();
  const change = useChangeProfile();
  const zones = Intl.supportedValuesOf("timeZone");
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const known =
    user.time_zone === null || zones.includes(user.time_zone) ? zones : [user.time_zone, ...zones];
  return (
    <Card title={t`Language, time and mail`}>
      {change.isError && <Failed error={change.error} />}
      <Select
        label={t`Language`}
        options={[
          { id: BROWSER, label: t`As the browser says` },
          ...Object.entries(LOCALES).map(([id, locale]) => ({ id, label: locale.name })),
        ]}
        value={user.locale ?? BROWSER}
        onChange={(id) => change.mutate({ locale: id === BROWSER ? null : id })}
      />
      <Select
        label={t`Time zone`}
        options={[
          { id: BROWSER, label: t`As the browser says (${here})` },
          ...known.map((zone) => ({ id: zone, label: zone.replaceAll("_", " ") })),
        ]}
        value={user.time_zone ?? BROWSER}
        onChange={(id) => change.mutate({ time_zone: id === BROWSER ? null : id })}
      />
      <Switch
        isSelected={
          (change.isPending ? change.variables.email_notifications : null) ?? user.email_notifications
        }
        onChange={(on) => change.mutate({ email_notifications: on })}
      >
        <Trans>Tell me by mail what happens with my tickets</Trans>
      </Switch>
    </Card>
  );
}
