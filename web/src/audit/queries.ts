/** The audit, and who is who in it. */
import { queryOptions } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { listOptions } from "../api/queries";
import type { AuditEntry } from "../api/types";
import { shifted } from "../i18n/days";
import { peopleKeys } from "../people/queries";
import type { AuditSearch } from "./search";

export interface Asked extends Omit<AuditSearch, "action"> {
  action?: AuditEntry["action"];
}

export function auditQuery({ to, ...asked }: Asked) {
  // The API's `to` is the first day that isn't shown.
  const query = { ...asked, ...(to === undefined ? {} : { to: shifted(to, 1) }) };
  return listOptions(["audit", query] as const, (cursor, signal) =>
    ok(api.GET("/audit", { params: { query: { ...query, ...(cursor ? { cursor } : {}) } }, signal })),
  );
}

export function personQuery(id: string) {
  return queryOptions({
    queryKey: [...peopleKeys.users, "one", id] as const,
    queryFn: ({ signal }) => ok(api.GET("/users/{user_id}", { params: { path: { user_id: id } }, signal })),
    staleTime: 300_000,
    retry: false,
  });
}
