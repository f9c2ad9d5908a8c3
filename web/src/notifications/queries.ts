import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { listOptions } from "../api/queries";

export const notificationKeys = {
  all: ["notifications"] as const,
  lists: ["notifications", "list"] as const,
};

export function notificationsQuery(unread: boolean) {
  return listOptions([...notificationKeys.lists, { unread }] as const, (cursor, signal) =>
    ok(
      api.GET("/notifications", {
        params: { query: { ...(unread ? { unread } : {}), ...(cursor ? { cursor } : {}) } },
        signal,
      }),
    ),
  );
}

/** How many are unread: read once, told live from then on. 100 is "100 or more". */
export const unreadQuery = queryOptions({
  queryKey: [...notificationKeys.all, "count"] as const,
  queryFn: async ({ signal }) => {
    const query = { unread: true, limit: 100 };
    return (await ok(api.GET("/notifications", { params: { query }, signal }))).items.length;
  },
  staleTime: 60_000,
});

export function useMarkRead() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (which: { ids: string[] } | { ticket_id: string } | { all: true }) =>
      ok(api.POST("/notifications/read", { body: which })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: notificationKeys.all }),
  });
}
