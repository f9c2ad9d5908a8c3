import { Trans, useLingui } from "@lingui/react/macro";
import type { User } from "../api/types";
import { useSignedIn } from "../api/use-user";
import { Avatar, Badge } from "../ui/badge";
import { Button, Link } from "../ui/button";
import { Failed } from "../ui/states";
import styles from "./people.module.css";
import { useChangeUser } from "./users";
import { ROLE_TONES, ROLE_WORDS } from "./words";

interface UserRowProps {
  user: User;
  onEdit: () => void;
  onDeactivate: () => void;
}

/** An account with what can be done with it. Nobody deactivates themselves here. */
export function UserRow({ user, onEdit, onDeactivate }: UserRowProps) {
  const { t, i18n } = useLingui();
  const me = useSignedIn();
  const change = useChangeUser(user.id);
  const { name } = user;
  return (
    <li className={styles.row}>
      <Avatar name={name} id={user.id} />
      <div className={styles.who}>
        <p className={styles.name}>
          <bdi>{name}</bdi>
          <Badge tone={ROLE_TONES[user.role]}>{i18n._(ROLE_WORDS[user.role])}</Badge>
          {!user.active && (
            <Badge tone="bad">
              <Trans>Deactivated</Trans>
            </Badge>
          )}
          {user.mail_refused && (
            <Badge tone="warn">
              <Trans>Takes no mail</Trans>
            </Badge>
          )}
        </p>
        <p className={styles.facts}>
          <bdi>{user.email}</bdi>
          {!user.email_verified && (
            <>
              {" · "}
              <Trans>not confirmed yet</Trans>
            </>
          )}
          {"team" in user && (
            <>
              {" · "}
              <bdi>{user.team}</bdi>
            </>
          )}
          {" · "}
          <Link to="/tickets" search={user.role === "agent" ? { assignee: user.id } : { client: user.id }}>
            <Trans>Their tickets</Trans>
          </Link>
        </p>
        {change.isError && <Failed error={change.error} />}
      </div>
      <div className={styles.actions}>
        <Button small onPress={onEdit} aria-label={t`Change ${name}`}>
          <Trans>Change</Trans>
        </Button>
        {!user.active && (
          <Button
            small
            onPress={() => change.mutate({ active: true })}
            isPending={change.isPending}
            aria-label={t`Activate ${name}`}
          >
            <Trans>Activate</Trans>
          </Button>
        )}
        {user.active && user.id !== me.id && (
          <Button small onPress={onDeactivate} aria-label={t`Deactivate ${name}`}>
            <Trans>Deactivate</Trans>
          </Button>
        )}
      </div>
    </li>
  );
}
