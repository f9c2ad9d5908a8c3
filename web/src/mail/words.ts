/** Why a mail was kept, in words. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { KeptMail } from "../api/types";

export const REASON_WORDS: Record<KeptMail["reason"], MessageDescriptor> = {
  address_of_another: msg`Sent to somebody else's reply address`,
  auto_reply: msg`An automatic answer`,
  auto_submitted: msg`Sent by a program`,
  bulk: msg`Sent to many by a program`,
  dkim: msg`Its signature is wrong`,
  dmarc: msg`Not from the domain it names`,
  empty: msg`Nothing new in it`,
  encrypted: msg`Encrypted`,
  files_left_out: msg`Some files could not be added`,
  forwarded_sender_deactivated: msg`Forwarded; its sender is deactivated`,
  forwarded_sender_no_address: msg`Forwarded; its sender has no good address`,
  from_staff: msg`From staff, not to a reply address`,
  list: msg`From a mailing list`,
  no_sender_to_answer: msg`No sender to answer`,
  our_own: msg`Our own mail`,
  parts_left_out: msg`Parts could not be read`,
  sender_no_address: msg`No good address`,
  sender_not_a_party: msg`Sender may not see the ticket`,
  sender_not_verified: msg`Address not confirmed`,
  sender_unclear: msg`Unclear who wrote it`,
  sender_unknown: msg`Sender has no account`,
  spam: msg`Taken for spam`,
  spf: msg`From a machine that may not send for its domain`,
  ticket_closed: msg`The ticket was closed`,
  too_many_in_an_hour: msg`Too many in an hour`,
  unproven: msg`Sender not proven`,
  virus: msg`A virus`,
};

/** In the order in which one may choose among them; mail with a virus is never kept. */
export const REASONS = (Object.keys(REASON_WORDS) as KeptMail["reason"][]).filter((each) => each !== "virus");
