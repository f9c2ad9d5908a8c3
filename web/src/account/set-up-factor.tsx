import { Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import { Button } from "../ui/button";
import { TextField } from "../ui/field";
import { Form, FormButtons } from "../ui/form";
import { Failed } from "../ui/states";
import { field } from "./door";
import { factorSetUp, useConfirmFactor, useStartFactor } from "./factor";
import styles from "./factor.module.css";
import { RecoveryCodes } from "./recovery-codes";

const FIELDS = ["code"];

const QrCode = lazy(() => import("./qr-code").then((loaded) => ({ default: loaded.QrCode })));

/** From the first click to the recovery codes. */
export function SetUpFactor() {
  const start = useStartFactor();
  const [codes, setCodes] = useState<string[] | null>(null);
  if (codes !== null) return <RecoveryCodes codes={codes} onDone={() => void factorSetUp()} />;
  if (start.data !== undefined)
    return <Confirm {...start.data} onDone={setCodes} onCancel={() => start.reset()} />;
  return (
    <>
      {start.isError && <Failed error={start.error} />}
      <div>
        <Button look="primary" icon="shield" onPress={() => start.mutate()} isPending={start.isPending}>
          <Trans>Set up a second factor</Trans>
        </Button>
      </div>
    </>
  );
}

interface ConfirmProps {
  secret: string;
  otpauth_url: string;
  onDone: (recoveryCodes: string[]) => void;
  onCancel: () => void;
}

function Confirm({ secret, otpauth_url, onDone, onCancel }: ConfirmProps) {
  const { t } = useLingui();
  const confirm = useConfirmFactor();
  const send = (form: FormData) =>
    confirm.mutate({ code: field(form, "code") }, { onSuccess: (answer) => onDone(answer.recovery_codes) });
  return (
    <div className={styles.setUp}>
      <div>
        <Suspense>
          <QrCode text={otpauth_url} label={t`QR code for your app`} />
        </Suspense>
      </div>
      <div>
        <p>
          <Trans>Scan this with an app that shows codes, or type the key in there:</Trans>
        </p>
        <p className={styles.secret} dir="ltr" translate="no">
          {secret.match(/.{1,4}/g)?.join(" ")}
        </p>
        <Form onSubmit={send} error={confirm.error} fields={FIELDS}>
          <CodeField hint={t`The six digits that the app shows now.`} />
          <FormButtons>
            <Button type="submit" look="primary" isPending={confirm.isPending}>
              <Trans>Confirm</Trans>
            </Button>
            <Button look="quiet" onPress={onCancel}>
              <Trans>Cancel</Trans>
            </Button>
          </FormButtons>
        </Form>
      </div>
    </div>
  );
}

export function CodeField({ hint, autoFocus = false }: { hint: string; autoFocus?: boolean }) {
  const { t } = useLingui();
  return (
    <TextField
      label={t`Code`}
      name="code"
      hint={hint}
      isRequired
      autoFocus={autoFocus}
      autoComplete="one-time-code"
      autoCorrect="off"
      spellCheck="false"
      maxLength={100}
    />
  );
}
