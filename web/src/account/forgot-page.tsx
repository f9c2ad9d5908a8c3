import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Link } from "../ui/button";
import { TextField } from "../ui/field";
import { Form } from "../ui/form";
import { Note } from "../ui/note";
import { Door, field } from "./door";
import { useForgot } from "./requests";

const FIELDS = ["email"];

export function ForgotPage() {
  const { t } = useLingui();
  const forgot = useForgot();
  const email = forgot.variables?.email;
  return (
    <Door
      title={t`Forgotten your password?`}
      lead={<Trans>Tell us your address, and we send you a link with which you choose a new one.</Trans>}
      below={
        <Link to="/login">
          <Trans>Back to sign-in</Trans>
        </Link>
      }
    >
      {forgot.isSuccess ? (
        <Note tone="good" icon="mail" alert>
          <Trans>
            If there is an account with <bdi>{email}</bdi>, a mail is on its way. Its link is good for 30
            minutes.
          </Trans>
        </Note>
      ) : (
        <Form
          onSubmit={(form) => forgot.mutate({ email: field(form, "email") })}
          error={forgot.error}
          fields={FIELDS}
        >
          <TextField
            label={t`Email`}
            name="email"
            type="email"
            autoComplete="username"
            isRequired
            autoFocus
          />
          <Button type="submit" look="primary" isPending={forgot.isPending}>
            <Trans>Send the link</Trans>
          </Button>
        </Form>
      )}
    </Door>
  );
}
