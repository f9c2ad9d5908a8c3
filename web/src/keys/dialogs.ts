import { useSyncExternalStore } from "react";

export type Opened = "help" | "palette" | null;

let opened: Opened = null;
const listeners = new Set<() => void>();

/** Opens the list of keys or the palette; null closes. */
export function showKeys(what: Opened): void {
  opened = what;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useOpened(): Opened {
  return useSyncExternalStore(subscribe, () => opened);
}
