/** Statuses and priorities in words. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Priority, Status } from "../api/types";
import type { Tone } from "../ui/badge";

export const STATUS_WORDS: Record<Status, MessageDescriptor> = {
  open: msg`Open`,
  in_progress: msg`In progress`,
  resolved: msg`Resolved`,
  closed: msg`Closed`,
};

export const STATUS_TONES: Record<Status, Tone> = {
  open: "accent",
  in_progress: "warn",
  resolved: "good",
  closed: "plain",
};

export const PRIORITY_WORDS: Record<Priority, MessageDescriptor> = {
  low: msg`Low`,
  medium: msg`Medium`,
  high: msg`High`,
  urgent: msg`Urgent`,
};

/** What a priority means to somebody who asks for help. */
export const PRIORITY_HINTS: Record<Priority, MessageDescriptor> = {
  low: msg`A question, or something for some day`,
  medium: msg`It bothers me, but I can work`,
  high: msg`It holds up my work`,
  urgent: msg`Nothing works, for me or for many`,
};

export const PRIORITY_TONES: Record<Priority, Tone> = {
  low: "plain",
  medium: "plain",
  high: "warn",
  urgent: "bad",
};
