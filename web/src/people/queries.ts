/** What is read of teams and of their agents. */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import type { Agent, Page } from "../api/types";

export const peopleKeys = {
  agents: ["agents"] as const,
  teams: ["teams"] as const,
  users: ["users"] as const,
};

/** The active agents of a team, or of all teams: up to 100 of them. */
export function agentsQuery(team?: string) {
  return queryOptions({
    queryKey: [...peopleKeys.agents, { team }] as const,
    queryFn: ({ signal }) =>
      ok(api.GET("/agents", { params: { query: { limit: 100, ...(team ? { team } : {}) } }, signal })),
  });
}

export const teamsQuery = queryOptions({
  queryKey: peopleKeys.teams,
  queryFn: ({ signal }) => ok(api.GET("/teams", { params: { query: { limit: 100 } }, signal })),
  staleTime: 300_000,
});

/** The active admins: up to 100 of them. */
export const adminsQuery = queryOptions({
  queryKey: [...peopleKeys.users, "admins"] as const,
  queryFn: ({ signal }) =>
    ok(api.GET("/users", { params: { query: { role: "admin", active: true, limit: 100 } }, signal })),
});

/** What is known anew of an agent, wherever agents are shown. */
export function tookAgent(cache: QueryClient, agent: Agent): void {
  cache.setQueriesData<Page<Agent>>({ queryKey: peopleKeys.agents }, (page) =>
    page === undefined
      ? page
      : { ...page, items: page.items.map((each) => (each.id === agent.id ? agent : each)) },
  );
}
