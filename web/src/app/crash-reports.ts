/**
 * Crashes of this page are told to the API: each once, the place in our own files and the error's class. Its message may
 * hold what somebody wrote, so it stays here.
 */
import { Problem } from "../api/problem";

type Kind = "error" | "rejection" | "render";

const MOST_PLACES = 5;
const told = new Set<string>();

/** Where it happened, innermost first, as `/assets/name-hash.js:line:column`. */
export function placesOf(stack: string, origin: string): string[] {
  const found = stack.matchAll(/(https?:\/\/[^\s/()]+)(\/assets\/[\w.-]{1,100}:\d{1,7}:\d{1,7})/g);
  return [...found]
    .flatMap(([, host, place]) => (host === origin && place !== undefined ? [place] : []))
    .slice(0, MOST_PLACES);
}

/** A route's pattern as the API takes it: no ids. */
export function pageOf(pattern: string): string {
  const plain = pattern.replace(/\/+$/, "") || "/";
  return /^\/[A-Za-z/$-]{0,100}$/.test(plain) ? plain : "/";
}

export function watchCrashes(pattern: () => string): (kind: Kind, error: unknown) => void {
  const report = (kind: Kind, error: unknown) => {
    // What the API refused, or that it couldn't be reached, is no crash; nor is what other people's scripts throw.
    if (!(error instanceof Error) || error instanceof Problem || error.name === "AbortError") return;
    const name = /^[A-Za-z]{1,60}$/.test(error.name) ? error.name : "Error";
    const places = placesOf(error.stack ?? "", globalThis.location.origin);
    const key = `${name} ${places[0] ?? kind}`;
    if (places.length === 0 || told.has(key)) return;
    told.add(key);
    void fetch("/api/client-errors", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ kind, name, page: pageOf(pattern()), places }),
      keepalive: true,
    }).catch(() => undefined);
  };
  globalThis.addEventListener("error", (event) => report("error", event.error));
  globalThis.addEventListener("unhandledrejection", (event) => report("rejection", event.reason));
  return report;
}
