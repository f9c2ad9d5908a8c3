import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import type { User } from "../api/types";
import { useGoNext } from "../tickets/next-button";
import { showKeys, useOpened } from "./dialogs";
import { listenToKeys, useKey } from "./keys";

const Help = lazy(() => import("./help").then((loaded) => ({ default: loaded.Help })));
const loadPalette = () => import("./palette").then((loaded) => ({ default: loaded.Palette }));
const Palette = lazy(loadPalette);

/** Milliseconds after which the palette is fetched: it opens at once then, and takes the letters that follow Ctrl+K. */
const CALM = 3_000;

/** The keys that do the same on every page, and what they open. */
export function Keys({ user }: { user: User }) {
  const navigate = useNavigate();
  const opened = useOpened();
  const { goNext } = useGoNext();
  useEffect(listenToKeys, []);
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette().catch(() => undefined), CALM);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => () => showKeys(null), []);
  useKey("ctrl+k", () => showKeys(opened === "palette" ? null : "palette"));
  useKey("?", () => showKeys("help"));
  useKey("j", () => step(1));
  useKey("k", () => step(-1));
  useKey("n", () => void goNext(), { enabled: user.role === "agent", everywhere: true });
  useKey("/", () => {
    if (focusSearch()) return;
    void navigate({ to: "/tickets" }).then(() => setTimeout(focusSearch, 100));
  });
  const close = () => showKeys(null);
  return (
    <Suspense>
      {opened === "help" && <Help user={user} onClose={close} />}
      {opened === "palette" && <Palette user={user} onClose={close} />}
    </Suspense>
  );
}

/** To the row after (1) or before (-1) the one that has the focus; Enter then opens it, as it does with any link. */
function step(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("main [data-row]")];
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[here === -1 ? (by === 1 ? 0 : rows.length - 1) : here + by];
  const link = row?.querySelector("a");
  link?.focus();
  row?.scrollIntoView({ block: "nearest" });
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLElement>("main [type=search]");
  field?.focus();
  return field !== null;
}
