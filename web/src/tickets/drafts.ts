/** What somebody began to write: kept by account and ticket until it is sent, and gone at sign-out. */
import { useCallback, useEffect, useRef, useState } from "react";
import { signedIn } from "../api/session";

const PREFIX = "lambdesk-draft/";
const SETTLED = 250;

function read(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function write(key: string, text: string): void {
  try {
    if (text === "") localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // No room, or none allowed: the text is on the page alone.
  }
}

/** Takes every draft away: whoever sits down next reads none of it. */
export function forgetDrafts(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
}

/** The key of a draft: `what` is a ticket's id with the kind of text, or `new`. */
export function draftKey(what: string): string {
  return `${PREFIX}${signedIn()?.id ?? "nobody"}/${what}`;
}

/** Puts a text before what may be there already. */
export function keepDraft(what: string, text: string): void {
  const key = draftKey(what);
  write(key, joined(text, read(key)));
}

/** Two texts as one, the same text once. */
export function joined(first: string, second: string): string {
  if (second.trim() === "" || first === second) return first;
  return second.startsWith(`${first}\n\n`) ? second : `${first}\n\n${second}`;
}

/** A text that survives a reload, another ticket and a lost session. */
export function useDraft(what: string): [string, (text: string) => void] {
  const key = draftKey(what);
  const [draft, setDraft] = useState(() => ({ key, text: read(key) }));
  const unsaved = useRef<{ key: string; text: string } | null>(null);
  if (draft.key !== key) setDraft({ key, text: read(key) });

  const save = useCallback(() => {
    if (unsaved.current !== null) write(unsaved.current.key, unsaved.current.text);
    unsaved.current = null;
  }, []);
  const change = useCallback(
    (text: string) => {
      setDraft({ key, text });
      unsaved.current = { key, text };
      // What was sent is forgotten at once.
      if (text === "") save();
    },
    [key, save],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change starts the wait anew
  useEffect(() => {
    const timer = setTimeout(save, SETTLED);
    return () => clearTimeout(timer);
  }, [draft.text, save]);
  useEffect(() => {
    globalThis.addEventListener("pagehide", save);
    return () => {
      globalThis.removeEventListener("pagehide", save);
      save();
    };
  }, [save]);
  return [draft.key === key ? draft.text : "", change];
}
