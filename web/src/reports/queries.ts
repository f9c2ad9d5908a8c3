/** Reports and their schedules: what is read, what is made, and the news of one that is ready. */
import { type InfiniteData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { listOptions } from "../api/queries";
import type { NewReport, NewSchedule, Page, Report } from "../api/types";
import { useListen } from "../live/use-live";

export const reportKeys = {
  all: ["reports"] as const,
  list: ["reports", "list"] as const,
  one: (id: string) => ["reports", "one", id] as const,
  schedules: ["reports", "schedules"] as const,
};

/** Milliseconds after which a report that is being made is asked for again: where nothing is told live. */
const AGAIN = 3000;

export function reportsQuery() {
  return {
    ...listOptions(reportKeys.list, (cursor, signal) =>
      ok(api.GET("/reports", { params: { query: cursor ? { cursor } : {} }, signal })),
    ),
    refetchInterval: (query: { state: { data: InfiniteData<Page<Report>> | undefined } }) =>
      query.state.data?.pages.some((page) => page.items.some((each) => each.status === "pending"))
        ? AGAIN
        : (false as const),
  };
}

export function reportQuery(id: string) {
  return queryOptions({
    queryKey: reportKeys.one(id),
    queryFn: ({ signal }) => readReport(id, signal),
    refetchInterval: (query) => (query.state.data?.status === "pending" ? AGAIN : false),
  });
}

function readReport(id: string, signal?: AbortSignal): Promise<Report> {
  const path = { report_id: id };
  return ok(api.GET("/reports/{report_id}", { params: { path }, ...(signal ? { signal } : {}) }));
}

/** A report that became ready, or failed, is read again wherever it is shown. */
export function useLiveReports(): void {
  const cache = useQueryClient();
  useListen("/user/queue/reports", (event) => {
    if (event.type !== "report") return;
    void cache.invalidateQueries({ queryKey: reportKeys.list });
    void cache.invalidateQueries({ queryKey: reportKeys.one(event.report.id) });
  });
}

export function useCreateReport() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key }: { body: NewReport; key: string }) =>
      ok(api.POST("/reports", { body, params: { header: { "Idempotency-Key": key } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: reportKeys.list }),
  });
}

/** Fetches the file by a fresh address: one that was read with the page may have run out. */
export function useDownload() {
  return useMutation({
    mutationFn: async (id: string) => {
      const { url } = await readReport(id);
      // It comes as an attachment: the page stays.
      if (url !== undefined) globalThis.location.assign(url);
    },
  });
}

export function schedulesQuery() {
  return listOptions(reportKeys.schedules, (cursor, signal) =>
    ok(api.GET("/report-schedules", { params: { query: cursor ? { cursor } : {} }, signal })),
  );
}

export function useCreateSchedule() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key }: { body: NewSchedule; key: string }) =>
      ok(api.POST("/report-schedules", { body, params: { header: { "Idempotency-Key": key } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: reportKeys.schedules }),
  });
}

export function useDeleteSchedule() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      ok(api.DELETE("/report-schedules/{schedule_id}", { params: { path: { schedule_id: id } } })),
    onSettled: () => cache.invalidateQueries({ queryKey: reportKeys.schedules }),
  });
}
