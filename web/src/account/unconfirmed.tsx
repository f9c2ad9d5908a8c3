import { Trans } from "@lingui/react/macro";
import { Button } from "../ui/button";
import { Note } from "../ui/note";
import { Failed } from "../ui/states";
import { useSendVerification } from "./requests";

/** Nobody has confirmed one's address: said, with the link to be had again. */
export function Unconfirmed({ email }: { email: string }) {
  const verification = useSendVerification();
  return (
    <>
      <Note
        tone="warn"
        icon="mail"
        action={
          verification.isSuccess ? null : (
            <Button small onPress={() => verification.mutate()} isPending={verification.isPending}>
              <Trans>Send the link again</Trans>
            </Button>
          )
        }
      >
        {verification.isSuccess ? (
          <Trans>
            A mail to <bdi>{email}</bdi> is on its way. Open the link in it.
          </Trans>
        ) : (
          <Trans>
            We sent a link to <bdi>{email}</bdi>. Open it to confirm that the address is yours; until then we
            send no tickets there.
          </Trans>
        )}
      </Note>
      {verification.isError && <Failed error={verification.error} />}
    </>
  );
}
