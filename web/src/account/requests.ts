/** What the pages about one's own account ask of the API. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import * as session from "../api/session";

export const accountKeys = { sessions: ["account", "sessions"] as const };

export function useSignIn() {
  return useMutation({
    mutationFn: (body: { email: string; password: string }) => ok(api.POST("/auth/login", { body })),
    // Where there is a second factor, the answer leads to the next step.
    onSuccess: (answer) => ("mfa_token" in answer ? null : session.accept(answer)),
  });
}

export function useRegister() {
  return useMutation({
    mutationFn: (body: { name: string; email: string; password: string }) =>
      ok(api.POST("/auth/register", { body })),
    onSuccess: (answer) => session.accept(answer),
  });
}

export function useForgot() {
  return useMutation({
    mutationFn: (body: { email: string }) => ok(api.POST("/auth/password/forgot", { body })),
  });
}

export function useReset() {
  return useMutation({
    mutationFn: (body: { token: string; new_password: string }) =>
      ok(api.POST("/auth/password/reset", { body })),
  });
}

export function useVerify() {
  return useMutation({
    mutationFn: (body: { token: string; password?: string }) => ok(api.POST("/auth/email/verify", { body })),
    onSuccess: async () => {
      if (session.signedIn() !== null) session.update(await ok(api.GET("/auth/me")));
    },
  });
}

export function useSendVerification() {
  return useMutation({ mutationFn: () => ok(api.POST("/auth/email/verification")) });
}

interface ProfileChange {
  name?: string;
  email_notifications?: boolean;
  locale?: string | null;
  time_zone?: string | null;
}

export function useChangeProfile() {
  return useMutation({
    scope: { id: "profile" },
    mutationFn: (body: ProfileChange) => ok(api.PATCH("/auth/me", { body })),
    onSuccess: (user) => session.update(user),
  });
}

export function useChangePassword() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: { current_password: string; new_password: string }) =>
      ok(api.POST("/auth/password", { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountKeys.sessions }),
  });
}

export const sessionsQuery = queryOptions({
  queryKey: accountKeys.sessions,
  queryFn: ({ signal }) => ok(api.GET("/auth/sessions", { params: { query: { limit: 100 } }, signal })),
});

/** Ends one session, or without an id all but this one. */
export function useEndSession() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (id: string | null) => {
      if (id === null) await ok(api.DELETE("/auth/sessions"));
      else await ok(api.DELETE("/auth/sessions/{session_id}", { params: { path: { session_id: id } } }));
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: accountKeys.sessions }),
  });
}
