/** What the pages about the second factor ask of the API. */
import { useMutation } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import * as session from "../api/session";

interface PasswordAndCode {
  password: string;
  code: string;
}

/** The second step of signing in. */
export function useSecondStep() {
  return useMutation({
    mutationFn: (body: { mfa_token: string; code: string; remember: boolean }) =>
      ok(api.POST("/auth/login/totp", { body })),
    onSuccess: (answer) => session.accept(answer),
  });
}

export function useStartFactor() {
  return useMutation({ mutationFn: () => ok(api.POST("/auth/totp")), gcTime: 0 });
}

async function readAgain(): Promise<void> {
  session.update(await ok(api.GET("/auth/me")));
}

export function useConfirmFactor() {
  return useMutation({
    mutationFn: (body: { code: string }) => ok(api.POST("/auth/totp/confirm", { body })),
    gcTime: 0,
  });
}

export function useRenewCodes() {
  return useMutation({
    mutationFn: (body: PasswordAndCode) => ok(api.POST("/auth/totp/recovery-codes", { body })),
    gcTime: 0,
  });
}

export function useRemoveFactor() {
  return useMutation({
    mutationFn: (body: PasswordAndCode) => ok(api.DELETE("/auth/totp", { body })),
    onSuccess: readAgain,
  });
}

/** The recovery codes are kept: the account is shown with its factor. */
export { readAgain as factorSetUp };
