import { Trans, useLingui } from "@lingui/react/macro";
import { asProblem } from "../api/problem";
import { Button, ButtonLink } from "../ui/button";
import { Form } from "../ui/form";
import { Note } from "../ui/note";
import { Door, field, useFragmentToken } from "./door";
import { NewPasswordField } from "./password-field";
import { useReset } from "./requests";

const FIELDS = ["new_password"];

export function ResetPage() {
  const { t } = useLingui();
  return (
    <Reset
      title={t`Choose a new password`}
      done={t`Your password is changed. All other sessions have ended.`}
    />
  );
}

export function InvitationPage() {
  const { t } = useLingui();
  return <Reset title={t`Welcome: choose a password`} done={t`Your account is ready.`} />;
}

/** A token of a mail and a new password; the token is used when the button is pressed, not before. */
function Reset({ title, done }: { title: string; done: string }) {
  const { t } = useLingui();
  const token = useFragmentToken();
  const reset = useReset();
  const refused =
    reset.error !== null && asProblem(reset.error).errors.some((each) => each.field === "token");
  if (token === null || refused) {
    return (
      <Door title={title}>
        <Note tone="warn" alert>
          <Trans>This link doesn't work any more: it was used, or it is too old. Ask for another.</Trans>
        </Note>
        <ButtonLink to="/forgot-password" look="primary">
          <Trans>Send me a new link</Trans>
        </ButtonLink>
      </Door>
    );
  }
  if (reset.isSuccess) {
    return (
      <Door title={title}>
        <Note tone="good" alert>
          {done}
        </Note>
        <ButtonLink to="/login" look="primary">
          <Trans>Sign in</Trans>
        </ButtonLink>
      </Door>
    );
  }
  const send = (form: FormData) => reset.mutate({ token, new_password: field(form, "new_password") });
  return (
    <Door title={title}>
      <Form onSubmit={send} error={reset.error} fields={FIELDS}>
        <NewPasswordField label={t`New password`} name="new_password" />
        <Button type="submit" look="primary" isPending={reset.isPending}>
          <Trans>Save the password</Trans>
        </Button>
      </Form>
    </Door>
  );
}
