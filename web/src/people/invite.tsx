import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { NewUser, Role } from "../api/types";
import { useAttempt } from "../api/use-attempt";
import { Button } from "../ui/button";
import { TextField } from "../ui/field";
import { Form, FormButtons } from "../ui/form";
import { toast } from "../ui/toast";
import { capacityOf, FIELDS, UserFields } from "./user-fields";
import { useInvite } from "./users";

/** The team that an account gets where none is chosen (contract §3). */
const FIRST_TEAM = "support";

/** Makes an account; who it is for sets a password by the link in the mail. */
export function Invite({ onDone }: { onDone: () => void }) {
  const { t } = useLingui();
  const [role, setRole] = useState<Role>("agent");
  const [team, setTeam] = useState(FIRST_TEAM);
  const invite = useInvite();
  const attempt = useAttempt();
  const submit = (form: FormData) => {
    const email = String(form.get("email") ?? "").trim();
    const ofAgent = role === "agent" ? { team, capacity: capacityOf(form) } : { team: null, capacity: null };
    const body: NewUser = { email, name: String(form.get("name") ?? ""), role, password: null, ...ofAgent };
    invite.mutate(
      { body, key: attempt.keyFor(body) },
      {
        onSuccess: () => {
          toast({ text: t`${email} is invited: the mail's link is good for 7 days.`, icon: "mail" });
          onDone();
        },
      },
    );
  };
  return (
    <Form onSubmit={submit} error={invite.error} fields={FIELDS}>
      <TextField label={t`Email`} name="email" type="email" isRequired autoFocus maxLength={254} />
      <UserFields name="" role={role} onRole={setRole} team={team} onTeam={setTeam} capacity={null} />
      <FormButtons>
        <Button type="submit" look="primary" icon="mail" isPending={invite.isPending}>
          <Trans>Send the invitation</Trans>
        </Button>
      </FormButtons>
    </Form>
  );
}
