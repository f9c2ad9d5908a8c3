/** What keys do. Single ones can be switched off (WCAG 2.1.4) and never act in fields; those with Ctrl always do. */
import { useEffect, useEffectEvent, useSyncExternalStore } from "react";

const OFF = "lambdesk-single-keys";

type Act = () => void;

/** By key, the page's first. */
const acts = new Map<string, Act[]>();
const listeners = new Set<() => void>();
let on = read();

function read(): boolean {
  try {
    return localStorage.getItem(OFF) !== "off";
  } catch {
    return true;
  }
}

export function switchSingleKeys(to: boolean): void {
  on = to;
  try {
    if (to) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "off");
  } catch {
    // For this page alone, then.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSingleKeys(): boolean {
  return useSyncExternalStore(subscribe, () => on);
}

/** While the caller is shown (and `enabled`), `key` does this, unless a page has something else in mind (`everywhere`). */
export function useKey(key: string, act: Act, { enabled = true, everywhere = false } = {}): void {
  const latest = useEffectEvent(act);
  useEffect(() => {
    if (!enabled) return;
    const mine = () => latest();
    const others = acts.get(key) ?? [];
    acts.set(key, everywhere ? [...others, mine] : [mine, ...others]);
    return () => {
      acts.set(
        key,
        (acts.get(key) ?? []).filter((each) => each !== mine),
      );
    };
  }, [key, enabled, everywhere]);
}

const FIELDS =
  "input, textarea, select, [contenteditable=true], [role=listbox], [role=menu], [role=textbox], [aria-haspopup=listbox]";

/** An input method is at work, and the key is its own. Safari tells the Enter that ends it by the code 229 alone. */
export function composes(event: Pick<KeyboardEvent, "isComposing" | "keyCode">): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** What a key event asks for: the name of a key here, or null. */
export function keyOf(event: KeyboardEvent): string | null {
  if (event.defaultPrevented || composes(event) || event.altKey) return null;
  if (event.ctrlKey || event.metaKey) {
    return event.key.toLowerCase() === "k" && !event.shiftKey ? "ctrl+k" : null;
  }
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(FIELDS) || document.querySelector("[role=dialog], [role=alertdialog]") !== null)
    return null;
  return event.key.length === 1 ? event.key.toLowerCase() : null;
}

/** The page's one listener; the answer ends it. */
export function listenToKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    const key = keyOf(event);
    if (key === null || (!on && key !== "ctrl+k")) return;
    const act = acts.get(key)?.[0];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  document.addEventListener("keydown", onKeyDown);
  return () => document.removeEventListener("keydown", onKeyDown);
}
