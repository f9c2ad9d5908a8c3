/** Actions in words, for the filter. What an entry says in full: `sentence.tsx`. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { AuditEntry } from "../api/types";

export type Action = AuditEntry["action"];

export const ACTION_WORDS: Record<Action, MessageDescriptor> = {
  signed_up: msg`Signed up`,
  signed_in: msg`Signed in`,
  sign_in_failed: msg`Sign-in failed`,
  signed_out: msg`Signed out`,
  token_reused: msg`Session's token used twice`,
  session_ended: msg`Session ended`,
  sessions_ended: msg`Other sessions ended`,
  password_changed: msg`Password changed`,
  reset_requested: msg`New password asked for`,
  password_reset: msg`Password reset`,
  invitation_accepted: msg`Invitation accepted`,
  email_verified: msg`Address confirmed`,
  totp_enabled: msg`Second factor set up`,
  totp_removed: msg`Second factor removed`,
  totp_taken_away: msg`Second factor taken away`,
  recovery_codes_renewed: msg`Recovery codes renewed`,
  opened_by_mail: msg`Account opened by mail`,
  user_created: msg`Account created`,
  user_invited: msg`Person invited`,
  user_activated: msg`Account activated`,
  user_deactivated: msg`Account deactivated`,
  role_changed: msg`Role changed`,
  team_changed: msg`Team changed`,
  report_requested: msg`Report created`,
  schedule_created: msg`Schedule created`,
  schedule_deleted: msg`Schedule deleted`,
  keys_rotated: msg`Keys rotated`,
  mail_refused: msg`Address refused mail`,
  mail_allowed: msg`Address takes mail again`,
  kept_mail_decided: msg`Kept mail decided`,
};

export const ACTIONS = Object.keys(ACTION_WORDS) as Action[];
