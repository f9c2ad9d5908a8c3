import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Role } from "../api/types";
import type { IconName } from "../ui/icon";

interface Place {
  to:
    | "/figures"
    | "/queue"
    | "/team"
    | "/tickets"
    | "/reports"
    | "/users"
    | "/agents"
    | "/teams"
    | "/mail"
    | "/audit"
    | "/notifications";
  label: MessageDescriptor;
  icon: IconName;
  roles: readonly Role[];
  /** What of the caller's tickets is told beside it. */
  count?: "waiting_for_me" | "queue";
  /** On the bar at the bottom of a phone too; the others are in the account's menu. */
  phone?: boolean;
}

/** The pages that are always one step away, by role, in this order. */
export const PLACES: readonly Place[] = [
  { to: "/figures", label: msg`Figures`, icon: "chart", roles: ["admin"], phone: true },
  {
    to: "/queue",
    label: msg`My queue`,
    icon: "inbox",
    roles: ["agent"],
    count: "waiting_for_me",
    phone: true,
  },
  { to: "/queue", label: msg`Queue`, icon: "inbox", roles: ["admin"], count: "queue", phone: true },
  { to: "/team", label: msg`Team`, icon: "people", roles: ["agent", "admin"], phone: true },
  { to: "/tickets", label: msg`Tickets`, icon: "ticket", roles: ["agent", "admin"], phone: true },
  {
    to: "/tickets",
    label: msg`My tickets`,
    icon: "ticket",
    roles: ["client"],
    count: "waiting_for_me",
    phone: true,
  },
  { to: "/users", label: msg`People`, icon: "person", roles: ["admin"] },
  { to: "/agents", label: msg`Agents`, icon: "clock", roles: ["admin"] },
  { to: "/teams", label: msg`Teams`, icon: "home", roles: ["admin"] },
  { to: "/mail", label: msg`Kept mail`, icon: "mail", roles: ["admin"] },
  { to: "/audit", label: msg`Audit`, icon: "shield", roles: ["admin"] },
  { to: "/reports", label: msg`Reports`, icon: "report", roles: ["admin"] },
  {
    to: "/notifications",
    label: msg`Notifications`,
    icon: "bell",
    roles: ["client", "agent", "admin"],
    phone: true,
  },
];

/** Where `/` leads. */
export const HOME: Record<Role, "/tickets" | "/queue" | "/figures"> = {
  client: "/tickets",
  agent: "/queue",
  admin: "/figures",
};

export const STAFF: readonly Role[] = ["agent", "admin"];
export const ADMINS: readonly Role[] = ["admin"];
