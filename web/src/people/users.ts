/** Accounts: the list that admins see, and what they change. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { listOptions } from "../api/queries";
import type { NewUser, Role, UserChange } from "../api/types";
import { peopleKeys } from "./queries";

/** What stands in the address of `/users`. */
export interface UserSearch {
  q?: string;
  role?: Role;
  active?: boolean;
}

const ROLES: readonly Role[] = ["client", "agent", "admin"];

/** Of what somebody's address says, what can be asked; the rest is left out. */
export function parseUserSearch(search: Record<string, unknown>): UserSearch {
  const q =
    typeof search.q === "string" || typeof search.q === "number" ? String(search.q).slice(0, 200) : "";
  const role = ROLES.find((each) => each === search.role);
  return {
    ...(q.trim() === "" ? {} : { q }),
    ...(role === undefined ? {} : { role }),
    ...(typeof search.active === "boolean" ? { active: search.active } : {}),
  };
}

export function usersQuery({ q, ...same }: UserSearch) {
  const asked = { ...same, ...(q === undefined ? {} : { q: q.trim() }) };
  return listOptions([...peopleKeys.users, "list", asked] as const, (cursor, signal) =>
    ok(api.GET("/users", { params: { query: { ...asked, ...(cursor ? { cursor } : {}) } }, signal })),
  );
}

/** Without a password: an invitation goes out by mail. */
export function useInvite() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key }: { body: NewUser; key: string }) =>
      ok(api.POST("/users", { body, params: { header: { "Idempotency-Key": key } } })),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: peopleKeys.users });
      void cache.invalidateQueries({ queryKey: peopleKeys.agents });
    },
  });
}

export function useChangeUser(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: UserChange) =>
      ok(api.PATCH("/users/{user_id}", { params: { path: { user_id: id } }, body })),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: peopleKeys.users });
      void cache.invalidateQueries({ queryKey: peopleKeys.agents });
    },
  });
}

/** One account, with what a list doesn't tell of it. */
export function userQuery(id: string) {
  return queryOptions({
    queryKey: [...peopleKeys.users, id] as const,
    queryFn: ({ signal }) => ok(api.GET("/users/{user_id}", { params: { path: { user_id: id } }, signal })),
  });
}

export function useTakeFactorAway(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => ok(api.DELETE("/users/{user_id}/totp", { params: { path: { user_id: id } } })),
    onSettled: () => cache.invalidateQueries({ queryKey: [...peopleKeys.users, id] }),
  });
}
