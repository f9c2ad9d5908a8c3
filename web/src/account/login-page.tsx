import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { asProblem } from "../api/problem";
import { configQuery } from "../api/queries";
import { Button, Link } from "../ui/button";
import { TextField } from "../ui/field";
import { Form } from "../ui/form";
import { Note } from "../ui/note";
import { Door, field } from "./door";
import { useSignIn } from "./requests";

const SecondStep = lazy(() => import("./second-step").then((loaded) => ({ default: loaded.SecondStep })));

const route = getRouteApi("/outside/login");
const FIELDS = ["email", "password"];

export function LoginPage() {
  const { t } = useLingui();
  const { next } = route.useSearch();
  const router = useRouter();
  const config = useQuery(configQuery);
  const signIn = useSignIn();
  const wrong = signIn.error !== null && asProblem(signIn.error).status === 401;
  const send = (form: FormData) =>
    // The route leads on once somebody is signed in.
    signIn.mutate(
      { email: field(form, "email"), password: field(form, "password") },
      { onSuccess: () => router.invalidate() },
    );
  if (signIn.data !== undefined && "mfa_token" in signIn.data)
    return (
      <Suspense>
        <SecondStep token={signIn.data.mfa_token} onStartAgain={() => signIn.reset()} />
      </Suspense>
    );
  return (
    <Door
      title={t`Sign in`}
      lead={next ? <Trans>Sign in, and you go on where you were.</Trans> : <Trans>Good to see you.</Trans>}
      below={
        config.data?.sign_up !== false && (
          <p>
            <Trans>New here?</Trans>{" "}
            <Link to="/register" search={next ? { next } : {}}>
              <Trans>Create an account</Trans>
            </Link>
          </p>
        )
      }
    >
      <Form onSubmit={send} error={wrong ? null : signIn.error} fields={FIELDS}>
        {wrong && (
          <Note tone="bad" alert>
            <Trans>This address and this password don't belong together. Please look at both again.</Trans>
          </Note>
        )}
        <TextField label={t`Email`} name="email" type="email" autoComplete="username" isRequired autoFocus />
        <TextField
          label={t`Password`}
          name="password"
          type="password"
          autoComplete="current-password"
          isRequired
        />
        <Button type="submit" look="primary" isPending={signIn.isPending}>
          <Trans>Sign in</Trans>
        </Button>
        <Link to="/forgot-password">
          <Trans>Forgotten your password?</Trans>
        </Link>
      </Form>
    </Door>
  );
}
