import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button } from "../ui/button";
import { TextField } from "../ui/field";
import { Form, FormButtons } from "../ui/form";
import { Card } from "../ui/page";
import { toast } from "../ui/toast";
import { field } from "./door";
import { NewPasswordField } from "./password-field";
import { useChangePassword } from "./requests";

const FIELDS = ["current_password", "new_password"];

export function PasswordCard() {
  const { t } = useLingui();
  const change = useChangePassword();
  // Another key is another, empty form.
  const [round, setRound] = useState(0);
  const send = (form: FormData) =>
    change.mutate(
      { current_password: field(form, "current_password"), new_password: field(form, "new_password") },
      {
        onSuccess: () => {
          setRound((before) => before + 1);
          toast({ text: t`Your password is changed. All other sessions have ended.`, icon: "check" });
        },
      },
    );
  return (
    <Card title={t`Password`}>
      <Form key={round} onSubmit={send} error={change.error} fields={FIELDS}>
        <TextField
          label={t`Current password`}
          name="current_password"
          type="password"
          autoComplete="current-password"
          isRequired
        />
        <NewPasswordField label={t`New password`} name="new_password" />
        <FormButtons>
          <Button type="submit" isPending={change.isPending}>
            <Trans>Change the password</Trans>
          </Button>
        </FormButtons>
      </Form>
    </Card>
  );
}
