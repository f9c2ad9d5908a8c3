/** What stands in a page's place: not there, not theirs, failed, still coming. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { asProblem } from "../api/problem";
import { ButtonLink } from "../ui/button";
import { Page } from "../ui/page";
import { Empty, Failed, Skeleton } from "../ui/states";
import styles from "./shell.module.css";

export function NotFound() {
  const { t } = useLingui();
  return (
    <Page title={t`Page not found`} width="narrow">
      <Empty icon="search" title={t`There is nothing at this address`}>
        <p>
          <Trans>The link may be old, or something is missing from it.</Trans>
        </p>
        <ButtonLink to="/" look="primary" icon="home">
          <Trans>Go to the start</Trans>
        </ButtonLink>
      </Empty>
    </Page>
  );
}

/** Somebody else's page: said plainly, with a way to one's own. */
export function NotForYou() {
  const { t } = useLingui();
  return (
    <Page title={t`Not for your role`} width="narrow">
      <Empty icon="lock" title={t`This page is for other roles`}>
        <p>
          <Trans>
            You are signed in, but your account doesn't open this page. If it should, ask an administrator.
          </Trans>
        </p>
        <ButtonLink to="/" look="primary" icon="home">
          <Trans>Go to the start</Trans>
        </ButtonLink>
      </Empty>
    </Page>
  );
}

export function Waiting() {
  return (
    <div className={styles.waiting}>
      <Skeleton lines={5} tall />
    </div>
  );
}

/** The session couldn't be looked up: most often there is no connection. */
export function CannotShow({ error }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <main className={styles.alone}>
      <Failed error={error} onRetry={() => void router.invalidate()} />
    </main>
  );
}

/** A page that broke. What isn't the API's word is our own mistake. */
export function Crashed({ error, reset }: ErrorComponentProps) {
  const { t } = useLingui();
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Page title={t`Something went wrong`} width="narrow">
      <Failed error={asProblem(error)} onRetry={again} />
    </Page>
  );
}
