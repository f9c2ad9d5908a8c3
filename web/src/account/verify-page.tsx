import { Trans, useLingui } from "@lingui/react/macro";
import { asProblem } from "../api/problem";
import { useUser } from "../api/use-user";
import { Button, ButtonLink, Link } from "../ui/button";
import { TextField } from "../ui/field";
import { Form } from "../ui/form";
import { Note } from "../ui/note";
import { Door, field, useFragmentToken } from "./door";
import { useVerify } from "./requests";

const FIELDS = ["password"];

/** The link proves the mailbox; the account is proven by its session, or by its password here. */
export function VerifyPage() {
  const { t } = useLingui();
  const token = useFragmentToken();
  const user = useUser();
  const verify = useVerify();
  const title = t`Confirm your address`;
  const problem = verify.error === null ? null : asProblem(verify.error);
  if (verify.isSuccess || user?.email_verified) {
    return (
      <Door title={title}>
        <Note tone="good" alert>
          <Trans>Your address is confirmed. From now on we can write to you.</Trans>
        </Note>
        <ButtonLink to="/" look="primary">
          <Trans>Go on</Trans>
        </ButtonLink>
      </Door>
    );
  }
  if (token === null || problem?.status === 422) {
    return (
      <Door title={title}>
        <Note tone="warn" alert>
          <Trans>
            This link doesn't work any more: it was used, or it is too old. Sign in to have another sent.
          </Trans>
        </Note>
        <ButtonLink to="/profile" look="primary">
          <Trans>Go to my profile</Trans>
        </ButtonLink>
      </Door>
    );
  }
  const refused = problem?.status === 403;
  // Signed in as somebody else: this account's password is needed after all.
  const asksPassword = user === null || refused;
  const send = (form: FormData) =>
    verify.mutate(asksPassword ? { token, password: field(form, "password") } : { token });
  return (
    <Door
      title={title}
      lead={
        asksPassword ? (
          <Trans>
            Give the password of the account that has this address, so that nobody else can confirm it for
            you.
          </Trans>
        ) : (
          <Trans>
            You are signed in as <bdi>{user.email}</bdi>. One click, and the address is confirmed.
          </Trans>
        )
      }
      below={
        asksPassword && (
          <p>
            <Trans>Don't know the password, or didn't make this account?</Trans>{" "}
            <Link to="/reset-password" hash={`token=${token}`}>
              <Trans>Choose a new one with this link</Trans>
            </Link>
          </p>
        )
      }
    >
      <Form onSubmit={send} error={refused ? null : verify.error} fields={FIELDS}>
        {refused && (
          <Note tone="bad" alert>
            <Trans>That isn't the password of this address's account.</Trans>
          </Note>
        )}
        {asksPassword && (
          <TextField
            label={t`Password`}
            name="password"
            type="password"
            autoComplete="current-password"
            isRequired
          />
        )}
        <Button type="submit" look="primary" isPending={verify.isPending}>
          <Trans>Confirm my address</Trans>
        </Button>
      </Form>
    </Door>
  );
}
