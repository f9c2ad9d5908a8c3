/** Every path of the client (contract §10), what it reads from the address, and whose it is. Pages come as they are needed. */
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { safeNext } from "../api/next";
import * as session from "../api/session";
import type { Role } from "../api/types";
import { parseAuditSearch } from "../audit/search";
import { parseFiguresSearch } from "../figures/period";
import { parseKeptSearch } from "../mail/search";
import { parseUserSearch } from "../people/users";
import { parseTicketSearch } from "../tickets/filters";
import { CannotShow, Crashed, NotFound, Waiting } from "./errors";
import { ADMINS, HOME, STAFF } from "./navigation";
import { Outside, Shell } from "./shell";

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    /** Whose page it is; left out: everybody's who is signed in. */
    roles?: readonly Role[];
  }
  interface Register {
    router: ReturnType<typeof newRouter>;
  }
}

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({ notFoundComponent: NotFound });

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** Left out where there is nothing: an address carries no empty parameters. */
function defined<T extends object>(search: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as never;
}

// Pages for everybody

const outside = createRoute({ getParentRoute: () => root, id: "outside", component: Outside });

const login = createRoute({
  getParentRoute: () => outside,
  path: "/login",
  validateSearch: (search: Record<string, unknown>) => defined({ next: text(search.next) }),
  beforeLoad: async ({ search }) => {
    const found = await session.restore().catch(() => null);
    if (found !== null)
      throw redirect({ href: safeNext(search.next) ?? HOME[found.user.role], replace: true });
  },
  component: lazyRouteComponent(() => import("../account/login-page"), "LoginPage"),
});
const register = createRoute({
  getParentRoute: () => outside,
  path: "/register",
  validateSearch: (search: Record<string, unknown>) => defined({ next: text(search.next) }),
  component: lazyRouteComponent(() => import("../account/register-page"), "RegisterPage"),
});
const forgot = createRoute({
  getParentRoute: () => outside,
  path: "/forgot-password",
  component: lazyRouteComponent(() => import("../account/forgot-page"), "ForgotPage"),
});
const reset = createRoute({
  getParentRoute: () => outside,
  path: "/reset-password",
  component: lazyRouteComponent(() => import("../account/reset-page"), "ResetPage"),
});
const invitation = createRoute({
  getParentRoute: () => outside,
  path: "/accept-invitation",
  component: lazyRouteComponent(() => import("../account/reset-page"), "InvitationPage"),
});
const verify = createRoute({
  getParentRoute: () => outside,
  path: "/verify-email",
  component: lazyRouteComponent(() => import("../account/verify-page"), "VerifyPage"),
});

// Pages for whoever is signed in

const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  beforeLoad: async ({ location }) => {
    if (session.signedIn() !== null || (await session.restore()) !== null) return;
    throw redirect({
      to: "/login",
      search: location.href === "/" ? {} : { next: location.href },
      replace: true,
    });
  },
  errorComponent: CannotShow,
  component: Shell,
});

const home = createRoute({
  getParentRoute: () => inside,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: HOME[session.signedIn()?.role ?? "client"], replace: true });
  },
});
const tickets = createRoute({
  getParentRoute: () => inside,
  path: "/tickets",
  validateSearch: parseTicketSearch,
  component: lazyRouteComponent(() => import("../tickets/list-page"), "ListPage"),
});
const newTicket = createRoute({
  getParentRoute: () => inside,
  path: "/tickets/new",
  component: lazyRouteComponent(() => import("../tickets/new-page"), "NewPage"),
});
const ticket = createRoute({
  getParentRoute: () => inside,
  path: "/tickets/$ticketId",
  validateSearch: (search: Record<string, unknown>) =>
    defined({ chat: search.chat === undefined ? undefined : (1 as const), with: text(search.with) }),
  component: lazyRouteComponent(() => import("../tickets/ticket-page"), "TicketPage"),
});
const notifications = createRoute({
  getParentRoute: () => inside,
  path: "/notifications",
  component: lazyRouteComponent(() => import("../notifications/notifications-page"), "NotificationsPage"),
});
const profile = createRoute({
  getParentRoute: () => inside,
  path: "/profile",
  component: lazyRouteComponent(() => import("../account/profile-page"), "ProfilePage"),
});

// Agents' pages, open to admins

const queue = createRoute({
  getParentRoute: () => inside,
  path: "/queue",
  staticData: { roles: STAFF },
  component: lazyRouteComponent(() => import("../queue/queue-page"), "QueuePage"),
});
const team = createRoute({
  getParentRoute: () => inside,
  path: "/team",
  validateSearch: parseTicketSearch,
  staticData: { roles: STAFF },
  component: lazyRouteComponent(() => import("../queue/team-page"), "TeamPage"),
});

// Admins' pages

const figures = createRoute({
  getParentRoute: () => inside,
  path: "/figures",
  validateSearch: parseFiguresSearch,
  staticData: { roles: ADMINS },
  component: lazyRouteComponent(() => import("../figures/figures-page"), "FiguresPage"),
});
const reports = createRoute({
  getParentRoute: () => inside,
  path: "/reports",
  staticData: { roles: ADMINS },
  component: lazyRouteComponent(() => import("../reports/reports-page"), "ReportsPage"),
});
const report = createRoute({
  getParentRoute: () => inside,
  path: "/reports/$reportId",
  staticData: { roles: ADMINS },
  component: lazyRouteComponent(() => import("../reports/report-page"), "ReportPage"),
});

const users = createRoute({
  getParentRoute: () => inside,
  path: "/users",
  validateSearch: parseUserSearch,
  staticData: { roles: ADMINS },
  component: lazyRouteComponent(() => import("../people/users-page"), "UsersPage"),
});

const agents = createRoute({
  getParentRoute: () => inside,
  path: "/agents",
  staticData: { roles: ADMINS },
  component: lazyRouteComponent(() => import("../queue/agents-page"), "AgentsPage"),
});
const teams = createRoute({
  getParentRoute: () => inside,
  path: "/teams",
  staticData: { roles: ADMINS },
  component: lazyRouteComponent(() => import("../people/teams-page"), "TeamsPage"),
});

const keptMail = createRoute({
  getParentRoute: () => inside,
  path: "/mail",
  validateSearch: parseKeptSearch,
  staticData: { roles: ADMINS },
  component: lazyRouteComponent(() => import("../mail/kept-page"), "KeptPage"),
});

const audit = createRoute({
  getParentRoute: () => inside,
  path: "/audit",
  validateSearch: parseAuditSearch,
  staticData: { roles: ADMINS },
  component: lazyRouteComponent(() => import("../audit/audit-page"), "AuditPage"),
});

const nowhere = createRoute({ getParentRoute: () => inside, path: "$", component: NotFound });

const routeTree = root.addChildren([
  outside.addChildren([login, register, forgot, reset, invitation, verify]),
  inside.addChildren([
    home,
    tickets,
    newTicket,
    ticket,
    notifications,
    profile,
    queue,
    team,
    figures,
    reports,
    report,
    users,
    agents,
    teams,
    keptMail,
    audit,
    nowhere,
  ]),
]);

export function newRouter(queryClient: QueryClient, onCrash: (error: unknown) => void) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultOnCatch: onCrash,
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 300,
    defaultPendingComponent: Waiting,
    defaultErrorComponent: Crashed,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });
}
