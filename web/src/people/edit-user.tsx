import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Role, User, UserChange } from "../api/types";
import { useSignedIn } from "../api/use-user";
import { Button } from "../ui/button";
import { Form, FormButtons } from "../ui/form";
import { Note } from "../ui/note";
import { toast } from "../ui/toast";
import { agentsQuery } from "./queries";
import { TheirFactor } from "./their-factor";
import { capacityOf, FIELDS, UserFields } from "./user-fields";
import { useChangeUser } from "./users";

interface EditUserProps {
  user: User;
  onDone: () => void;
}

/** Name, role, team and capacity. A change of one's own role is asked twice. */
export function EditUser({ user, onDone }: EditUserProps) {
  const { t } = useLingui();
  const me = useSignedIn();
  const ofAgent = "team" in user ? user : null;
  const [role, setRole] = useState<Role>(user.role);
  const [team, setTeam] = useState(ofAgent?.team ?? "support");
  const [sure, setSure] = useState(false);
  const change = useChangeUser(user.id);
  const own = user.id === me.id && role !== user.role;
  const requeues = ofAgent !== null && (role !== "agent" || team !== ofAgent.team);
  const submit = (form: FormData) => {
    if (own && !sure) {
      setSure(true);
      return;
    }
    const body: UserChange = {
      name: String(form.get("name") ?? ""),
      ...(role === user.role ? {} : { role }),
      ...(role === "agent" ? { team, capacity: capacityOf(form) } : {}),
    };
    change.mutate(body, {
      onSuccess: ({ name }) => {
        toast({ text: t`${name} is changed.`, icon: "check" });
        onDone();
      },
    });
  };
  return (
    <Form onSubmit={submit} error={change.error} fields={FIELDS}>
      <TheirFactor user={user} />
      <UserFields
        name={user.name}
        role={role}
        onRole={(next) => {
          setRole(next);
          setSure(false);
        }}
        team={team}
        onTeam={setTeam}
        capacity={ofAgent?.capacity ?? null}
      />
      {requeues && <BackToTheQueue user={user} />}
      {own && sure && (
        <Note tone="warn" alert>
          <Trans>This is your own account: you will no longer be an administrator, and can't undo it.</Trans>
        </Note>
      )}
      <FormButtons>
        <Button type="submit" look={own && sure ? "danger" : "primary"} isPending={change.isPending}>
          {own && sure ? <Trans>Change my own role</Trans> : <Trans>Save</Trans>}
        </Button>
      </FormButtons>
    </Form>
  );
}

/** What becomes of an agent's tickets. */
function BackToTheQueue({ user }: { user: User }) {
  const agents = useQuery(agentsQuery("team" in user ? user.team : undefined));
  const agent = agents.data?.items.find(({ id }) => id === user.id);
  return (
    <Note tone="warn">
      {agent === undefined ? (
        <Trans>
          The tickets that they have go back to their team's queue, and to other agents from there.
        </Trans>
      ) : (
        <Plural
          value={agent.active_tickets}
          _0="They have no ticket at the moment."
          one="# ticket that they have goes back to its team's queue, and to another agent from there."
          other="# tickets that they have go back to their team's queue, and to other agents from there."
        />
      )}
    </Note>
  );
}

/** What deactivating does is said before it is done. */
export function Deactivate({ user, onDone }: EditUserProps) {
  const { t } = useLingui();
  const change = useChangeUser(user.id);
  const deactivate = () =>
    change.mutate(
      { active: false },
      {
        onSuccess: ({ name }) => {
          toast({ text: t`${name} is deactivated.`, icon: "check" });
          onDone();
        },
      },
    );
  return (
    <Form onSubmit={deactivate} error={change.error}>
      <p>
        <Trans>They are signed out within a minute, and can't sign in until they are activated again.</Trans>
      </p>
      {user.role === "agent" && <BackToTheQueue user={user} />}
      {user.role === "client" && (
        <Note>
          <Trans>Their tickets stay as they are, with whoever has them.</Trans>
        </Note>
      )}
      <FormButtons>
        <Button look="quiet" onPress={onDone}>
          <Trans>Leave active</Trans>
        </Button>
        <Button type="submit" look="danger" isPending={change.isPending}>
          <Trans>Deactivate</Trans>
        </Button>
      </FormButtons>
    </Form>
  );
}
