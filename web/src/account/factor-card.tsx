import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useSignedIn } from "../api/use-user";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { TextField } from "../ui/field";
import { Form, FormButtons } from "../ui/form";
import { Card } from "../ui/page";
import { toast } from "../ui/toast";
import { field } from "./door";
import { useRemoveFactor, useRenewCodes } from "./factor";
import { RecoveryCodes } from "./recovery-codes";
import { CodeField, SetUpFactor } from "./set-up-factor";

const FIELDS = ["password", "code"];

/** The second factor of one's own account: set up, renewed, removed. */
export function FactorCard() {
  const { t } = useLingui();
  const user = useSignedIn();
  return (
    <Card title={t`Second factor`}>
      {user.totp ? (
        <InForce />
      ) : user.email_verified ? (
        <>
          <p>
            <Trans>
              With it, signing in takes a code of an app on your phone besides the password. Who knows the
              password alone stays outside.
            </Trans>
          </p>
          <SetUpFactor />
        </>
      ) : (
        <p>
          <Trans>Confirm your address first: then a second factor can be set up here.</Trans>
        </p>
      )}
    </Card>
  );
}

function InForce() {
  const { t } = useLingui();
  const [asked, setAsked] = useState<"renew" | "remove" | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const renew = useRenewCodes();
  const remove = useRemoveFactor();
  const close = () => {
    setAsked(null);
    renew.reset();
    remove.reset();
  };
  if (codes !== null) return <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />;
  const send = (form: FormData) => {
    const body = { password: field(form, "password"), code: field(form, "code") };
    if (asked === "renew")
      renew.mutate(body, {
        onSuccess: (answer) => {
          close();
          setCodes(answer.recovery_codes);
        },
      });
    else
      remove.mutate(body, {
        onSuccess: () => toast({ text: t`The second factor is removed.`, icon: "check" }),
      });
  };
  return (
    <>
      <p>
        <Badge tone="good">
          <Trans>In force</Trans>
        </Badge>{" "}
        <Trans>Signing in takes a code of your app.</Trans>
      </p>
      {asked === null ? (
        <FormButtons>
          <Button onPress={() => setAsked("renew")}>
            <Trans>New recovery codes</Trans>
          </Button>
          <Button onPress={() => setAsked("remove")}>
            <Trans>Remove the second factor</Trans>
          </Button>
        </FormButtons>
      ) : (
        <Form
          key={asked}
          onSubmit={send}
          error={asked === "renew" ? renew.error : remove.error}
          fields={FIELDS}
        >
          <TextField
            label={t`Password`}
            name="password"
            type="password"
            autoComplete="current-password"
            isRequired
            autoFocus
          />
          <CodeField
            hint={t`Of the app, or a recovery code. One that you have just used to sign in is used up.`}
          />
          <FormButtons>
            <Button
              type="submit"
              look={asked === "renew" ? "primary" : "danger"}
              isPending={renew.isPending || remove.isPending}
            >
              {asked === "renew" ? <Trans>Make new codes</Trans> : <Trans>Remove it</Trans>}
            </Button>
            <Button look="quiet" onPress={close}>
              <Trans>Cancel</Trans>
            </Button>
          </FormButtons>
        </Form>
      )}
    </>
  );
}
