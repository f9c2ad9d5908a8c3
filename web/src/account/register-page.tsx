import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { safeNext } from "../api/next";
import { configQuery } from "../api/queries";
import { Button, ButtonLink, Link } from "../ui/button";
import { TextField } from "../ui/field";
import { Form } from "../ui/form";
import { Door, field } from "./door";
import { NewPasswordField } from "./password-field";
import { useRegister } from "./requests";

const route = getRouteApi("/outside/register");
const FIELDS = ["name", "email", "password"];

export function RegisterPage() {
  const { t } = useLingui();
  const { next } = route.useSearch();
  const router = useRouter();
  const config = useQuery(configQuery);
  const register = useRegister();
  const send = (form: FormData) =>
    register.mutate(
      { name: field(form, "name"), email: field(form, "email"), password: field(form, "password") },
      { onSuccess: () => router.history.push(safeNext(next) ?? "/") },
    );
  if (config.data?.sign_up === false) {
    return (
      <Door
        title={t`Create an account`}
        lead={<Trans>Accounts are made by invitation here. Ask whoever runs this help desk.</Trans>}
      >
        <ButtonLink to="/login" look="primary">
          <Trans>Sign in</Trans>
        </ButtonLink>
      </Door>
    );
  }
  return (
    <Door
      title={t`Create an account`}
      lead={<Trans>Then you can ask for help, and see what becomes of it.</Trans>}
      below={
        <p>
          <Trans>Have one already?</Trans>{" "}
          <Link to="/login" search={next ? { next } : {}}>
            <Trans>Sign in</Trans>
          </Link>
        </p>
      }
    >
      <Form onSubmit={send} error={register.error} fields={FIELDS}>
        <TextField label={t`Name`} name="name" autoComplete="name" isRequired maxLength={100} autoFocus />
        <TextField
          label={t`Email`}
          name="email"
          type="email"
          autoComplete="username"
          isRequired
          hint={t`We send a link there to confirm that it is yours.`}
        />
        <NewPasswordField label={t`Password`} name="password" />
        <Button type="submit" look="primary" isPending={register.isPending}>
          <Trans>Create account</Trans>
        </Button>
      </Form>
    </Door>
  );
}
