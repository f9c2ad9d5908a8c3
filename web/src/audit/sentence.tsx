import { Trans, useLingui } from "@lingui/react/macro";
import type { AuditEntry } from "../api/types";
import { ROLE_WORDS, ROLES } from "../people/words";
import { Link } from "../ui/button";
import { Person } from "./person";

/** What happened, in a sentence: who, what, to whom. */
export function Sentence({ entry }: { entry: AuditEntry }) {
  const who = <Person id={entry.actor_id} />;
  const whom = <Person id={entry.subject_id} />;
  const own = entry.actor_id !== null && entry.actor_id === entry.subject_id;
  const { i18n } = useLingui();
  const word = (name: string) => {
    const value = (entry.detail as Record<string, unknown> | null)?.[name];
    const role = ROLES.find((each) => entry.action === "role_changed" && each === value);
    return role === undefined ? (typeof value === "string" ? value : "—") : i18n._(ROLE_WORDS[role]);
  };
  const from = word("from");
  const to = word("to");
  switch (entry.action) {
    case "signed_up":
      return <Trans>{whom} signed up.</Trans>;
    case "signed_in":
      return <Trans>{whom} signed in.</Trans>;
    case "sign_in_failed":
      return entry.subject_id === null ? (
        <Trans>Somebody tried to sign in to an account that isn't there.</Trans>
      ) : (
        <Trans>Somebody tried to sign in as {whom}, and failed.</Trans>
      );
    case "signed_out":
      return <Trans>{whom} signed out.</Trans>;
    case "token_reused":
      return <Trans>A session of {whom} ended: its token was used a second time.</Trans>;
    case "session_ended":
      return <Trans>{who} ended one of their sessions.</Trans>;
    case "sessions_ended":
      return <Trans>{who} ended all their other sessions.</Trans>;
    case "password_changed":
      return <Trans>{whom} changed their password.</Trans>;
    case "reset_requested":
      return entry.subject_id === null ? (
        <Trans>Somebody asked for a new password for an address without an account.</Trans>
      ) : (
        <Trans>Somebody asked for a new password for {whom}.</Trans>
      );
    case "password_reset":
      return <Trans>{whom} set a new password by the link in a mail.</Trans>;
    case "invitation_accepted":
      return <Trans>{whom} accepted the invitation.</Trans>;
    case "email_verified":
      return <Trans>{whom} confirmed their e-mail address.</Trans>;
    case "totp_enabled":
      return <Trans>{whom} set up a second factor.</Trans>;
    case "totp_removed":
      return <Trans>{whom} removed their second factor.</Trans>;
    case "totp_taken_away":
      return (
        <Trans>
          {who} took the second factor of {whom} away.
        </Trans>
      );
    case "recovery_codes_renewed":
      return <Trans>{whom} made new recovery codes.</Trans>;
    case "opened_by_mail":
      return <Trans>A mail opened the account of {whom}.</Trans>;
    case "user_created":
      return (
        <Trans>
          {who} created the account of {whom}.
        </Trans>
      );
    case "user_invited":
      return (
        <Trans>
          {who} invited {whom}.
        </Trans>
      );
    case "user_activated":
      return (
        <Trans>
          {who} activated the account of {whom}.
        </Trans>
      );
    case "user_deactivated":
      return (
        <Trans>
          {who} deactivated the account of {whom}.
        </Trans>
      );
    case "role_changed":
      return own ? (
        <Trans>
          {who} changed their own role from {from} to {to}.
        </Trans>
      ) : (
        <Trans>
          {who} changed the role of {whom} from {from} to {to}.
        </Trans>
      );
    case "team_changed":
      return (
        <Trans>
          {who} moved {whom} from team {from} to {to}.
        </Trans>
      );
    case "report_requested":
      return (
        <Trans>
          {who} created{" "}
          <Link to="/reports/$reportId" params={{ reportId: entry.subject_id ?? "" }}>
            a report
          </Link>
          .
        </Trans>
      );
    case "schedule_created":
      return (
        <Trans>
          {who} created <Link to="/reports">a schedule of reports</Link>.
        </Trans>
      );
    case "schedule_deleted":
      return (
        <Trans>
          {who} deleted <Link to="/reports">a schedule of reports</Link>.
        </Trans>
      );
    case "keys_rotated":
      return <Trans>An operator rotated the signing keys.</Trans>;
    case "mail_refused":
      return <Trans>The address of {whom} refused a mail: it gets none any more.</Trans>;
    case "mail_allowed":
      return <Trans>An operator allowed mail to the address of {whom} again.</Trans>;
    case "kept_mail_decided":
      return (
        <Trans>
          {who} decided about <Link to="/mail">a mail that was kept</Link>.
        </Trans>
      );
  }
}
