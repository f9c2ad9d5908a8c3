import "./trusted-types";
import "./ui/base.css";
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { newQueryClient } from "./api/queries";
import * as session from "./api/session";
import { watchCrashes } from "./app/crash-reports";
import { newRouter } from "./app/routes";
import { activate, chosen } from "./i18n";
import { forgetDrafts } from "./tickets/drafts";
import { Locale } from "./ui/locale";

const queryClient = newQueryClient();
const router = newRouter(queryClient, (error) => report("render", error));
const report = watchCrashes(() => router.state.matches.at(-1)?.fullPath ?? "/");

const language = () => activate(chosen(session.signedIn()?.locale, navigator.languages));

session.subscribe(() => void language());

// Once the second factor is there, what was refused for want of it is asked for again.
let demanded = false;
session.subscribe(() => {
  if (demanded && !session.demandsFactor()) void queryClient.resetQueries();
  demanded = session.demandsFactor();
});
session.onEnd((here) => {
  if (here) forgetDrafts();
  queryClient.clear();
  void router.navigate({ to: "/login", search: here ? {} : { next: router.latestLocation.href } });
});

// A file that misses its place: the browser would show it instead of the page, and what was typed there is gone.
for (const kind of ["dragover", "drop"] as const)
  globalThis.addEventListener(kind, (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });

// A chunk of the release before is gone once a new one is there: one reload brings the new one. Offline it brings nothing.
globalThis.addEventListener("vite:preloadError", (event) => {
  const key = "lambdesk-reloaded";
  if (!navigator.onLine || sessionStorage.getItem(key) !== null) return;
  sessionStorage.setItem(key, "1");
  event.preventDefault();
  globalThis.location.reload();
});

async function start(): Promise<void> {
  // The language is the account's; most often that is the browser's, so that one is fetched meanwhile.
  await Promise.all([session.restore().catch(() => null), language()]);
  await language();
  const place = document.getElementById("root");
  if (place === null) return;
  createRoot(place).render(
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <Locale>
          <QueryClientProvider client={queryClient}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </Locale>
      </I18nProvider>
    </StrictMode>,
  );
}

void start();
