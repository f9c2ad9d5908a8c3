/** Roles in words. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Role } from "../api/types";
import type { Tone } from "../ui/badge";

export const ROLES: readonly Role[] = ["client", "agent", "admin"];

export const ROLE_WORDS: Record<Role, MessageDescriptor> = {
  client: msg`Client`,
  agent: msg`Agent`,
  admin: msg`Administrator`,
};

export const ROLE_TONES: Record<Role, Tone> = { client: "plain", agent: "accent", admin: "info" };
