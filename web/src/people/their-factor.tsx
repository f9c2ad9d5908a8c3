import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { User } from "../api/types";
import { useSignedIn } from "../api/use-user";
import { Button } from "../ui/button";
import { Note } from "../ui/note";
import { Failed } from "../ui/states";
import { toast } from "../ui/toast";
import { userQuery, useTakeFactorAway } from "./users";

/** For who has lost their app and the recovery codes. What it does is said before it is done. */
export function TheirFactor({ user }: { user: User }) {
  const { t } = useLingui();
  const me = useSignedIn();
  const read = useQuery(userQuery(user.id));
  const take = useTakeFactorAway(user.id);
  const [asked, setAsked] = useState(false);
  if (!read.data?.totp || user.id === me.id) return null;
  const { name } = user;
  const takeAway = () =>
    take.mutate(undefined, {
      onSuccess: () => toast({ text: t`${name} signs in with the password alone now.`, icon: "check" }),
    });
  return (
    <>
      {take.isError && <Failed error={take.error} />}
      <Note
        icon="shield"
        tone={asked ? "warn" : "info"}
        action={
          <Button
            small
            look={asked ? "danger" : "plain"}
            onPress={() => (asked ? takeAway() : setAsked(true))}
            isPending={take.isPending}
          >
            {asked ? <Trans>Take it away</Trans> : <Trans>Take the second factor away</Trans>}
          </Button>
        }
      >
        {asked ? (
          <Trans>
            Make sure that it is they who ask: then the password alone lets them in. They are told by mail.
          </Trans>
        ) : (
          <Trans>This account has a second factor.</Trans>
        )}
      </Note>
    </>
  );
}
