import { Trans, useLingui } from "@lingui/react/macro";
import { useSignedIn } from "../api/use-user";
import { Note } from "../ui/note";
import { Page } from "../ui/page";
import { FactorCard } from "./factor-card";
import { Unconfirmed } from "./unconfirmed";

/** In place of every page, where admins need a second factor and this one has none. */
export function FactorFirst() {
  const { t } = useLingui();
  const user = useSignedIn();
  return (
    <Page title={t`Set up a second factor`} width="narrow">
      <Note tone="warn" icon="shield">
        <Trans>
          Administrators of this help desk need a second factor. As soon as yours is set up, you go on.
        </Trans>
      </Note>
      {!user.email_verified && <Unconfirmed email={user.email} />}
      <FactorCard />
    </Page>
  );
}
