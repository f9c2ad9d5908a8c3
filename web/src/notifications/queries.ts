import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { listOptions } from "../api/queries";

export const notificationKeys = { all: ["notifications"] as const };

export function notificationsQuery(unread: boolean) {
  return listOptions([...notificationKeys.all, { unread }] as const, (cursor, signal) =>
    ok(
      api.GET("/notifications", {
        params: { query: { ...(unread ? { unread } : {}), ...(cursor ? { cursor } : {}) } },
        signal,
      }),
    ),
  );
}

/** How many are unread, from the first page of them: 25 says "25 or more". */
export function unreadCount(pages: { items: unknown[]; next_cursor: string | null }[] | undefined): number {
  return pages?.reduce((sum, page) => sum + page.items.length, 0) ?? 0;
}

export function useMarkRead() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (which: { ids: string[] } | { ticket_id: string } | { all: true }) =>
      ok(api.POST("/notifications/read", { body: which })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: notificationKeys.all }),
  });
}
