import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { api } from "../api/client";
import { configQuery, newQueryClient } from "../api/queries";
import type { Config } from "../api/types";
import { NewRelease } from "./new-release";

const config = (version?: string) => ({ ...(version ? { version } : {}) }) as Config;

it("offers a reload also to somebody who came by the sign-in page", async () => {
  i18n.loadAndActivate({ locale: "en", messages: {} });
  const get = vi.spyOn(api, "GET");
  const answer = (version: string) =>
    get.mockResolvedValue({ data: config(version), response: new Response() } as never);
  const cache = newQueryClient();
  // As the sign-in page read it.
  cache.setQueryData(configQuery.queryKey, config());
  answer("1");
  render(
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={cache}>
        <NewRelease />
      </QueryClientProvider>
    </I18nProvider>,
  );
  await waitFor(() => expect(cache.getQueryData(configQuery.queryKey)?.version).toBe("1"));
  expect(screen.queryByRole("button")).toBeNull();
  answer("2");
  await cache.invalidateQueries({ queryKey: configQuery.queryKey });
  expect(await screen.findByRole("button", { name: "Reload" })).toBeTruthy();
});
