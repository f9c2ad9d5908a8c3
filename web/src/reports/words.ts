/** What reports are of, how they come and how often, in words. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Report, Schedule } from "../api/types";
import type { Tone } from "../ui/badge";

export const KIND_WORDS: Record<Report["kind"], MessageDescriptor> = {
  overview: msg`Overview`,
  agents: msg`Agents`,
};

export const FORMAT_WORDS: Record<Report["format"], MessageDescriptor> = {
  pdf: msg`PDF`,
  csv: msg`CSV (a table)`,
};

export const EVERY_WORDS: Record<Schedule["every"], MessageDescriptor> = {
  day: msg`Every day`,
  week: msg`Every week`,
  month: msg`Every month`,
};

export const STATE_WORDS: Record<Report["status"], MessageDescriptor> = {
  pending: msg`Being made`,
  ready: msg`Ready`,
  failed: msg`Failed`,
};

export const STATE_TONES: Record<Report["status"], Tone> = { pending: "warn", ready: "good", failed: "bad" };
