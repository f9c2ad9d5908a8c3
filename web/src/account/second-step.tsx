import { Trans, useLingui } from "@lingui/react/macro";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { asProblem } from "../api/problem";
import { Button } from "../ui/button";
import { Switch } from "../ui/choice";
import { Form } from "../ui/form";
import { Note } from "../ui/note";
import { Door, field } from "./door";
import { useSecondStep } from "./factor";
import { CodeField } from "./set-up-factor";

/** After the password: a code of the app, or a recovery code. */
export function SecondStep({ token, onStartAgain }: { token: string; onStartAgain: () => void }) {
  const { t } = useLingui();
  const router = useRouter();
  const [remember, setRemember] = useState(false);
  const [lost, setLost] = useState(false);
  const step = useSecondStep();
  const problem = step.error === null ? null : asProblem(step.error);
  const over = problem?.code === "bad_token";
  const send = (form: FormData) =>
    step.mutate(
      { mfa_token: token, code: field(form, "code"), remember },
      { onSuccess: () => router.invalidate() },
    );
  return (
    <Door
      title={t`One more step`}
      lead={
        lost ? (
          <Trans>Type one of the recovery codes that you kept. Each is good once.</Trans>
        ) : (
          <Trans>Your app shows a code for this account.</Trans>
        )
      }
      below={
        <Button look="quiet" onPress={onStartAgain}>
          <Trans>Sign in as somebody else</Trans>
        </Button>
      }
    >
      <Form onSubmit={send} error={problem?.status === 401 ? null : step.error}>
        {problem?.status === 401 && (
          <Note tone="bad" alert>
            {over ? (
              <Trans>Too much time has passed, or too many codes were wrong. Please sign in again.</Trans>
            ) : (
              <Trans>This code isn't right, or it was used. The app shows another every half minute.</Trans>
            )}
          </Note>
        )}
        {over ? (
          <Button look="primary" onPress={onStartAgain}>
            <Trans>Sign in again</Trans>
          </Button>
        ) : (
          <>
            <CodeField
              key={String(lost)}
              autoFocus
              hint={lost ? t`Four groups of four letters and digits.` : t`Six digits.`}
            />
            <Switch isSelected={remember} onChange={setRemember}>
              <Trans>Remember this device for 30 days</Trans>
            </Switch>
            <Button type="submit" look="primary" isPending={step.isPending}>
              <Trans>Verify</Trans>
            </Button>
            <Button look="quiet" onPress={() => setLost(!lost)}>
              {lost ? <Trans>Use the app</Trans> : <Trans>Use a recovery code</Trans>}
            </Button>
          </>
        )}
      </Form>
    </Door>
  );
}
