/** Who else of staff has a ticket open, and what they are writing; and telling them of oneself (contract §9). */
import { useEffect, useEffectEvent, useState } from "react";
import { live } from "../live/connection";
import type { Viewing } from "../live/events";
import { useListen, useLiveState } from "../live/use-live";

export type WritingKind = "comment" | "note";

export interface Viewer {
  id: string;
  name: string;
  writing: WritingKind | null;
}

/** Milliseconds between two words of oneself, and after which the others are gone. */
const TOLD = 30_000;
const GONE = 60_000;
/** Milliseconds after the last key for which somebody counts as writing. */
const WRITES = 10_000;

/** `me` and `ticketId` null: nobody is told, nobody is shown (clients). */
export function useViewing(ticketId: string | null, me: string): { viewers: Viewer[]; wrote: Wrote } {
  const [others, setOthers] = useState<Record<string, Viewer & { until: number }>>({});
  const [writing, setWriting] = useState<{ kind: WritingKind; at: number } | null>(null);
  const state = useLiveState();
  const kind = writing?.kind ?? null;

  useListen(ticketId === null ? null : `/topic/ticket/${ticketId}/events`, (event) => {
    if (event.type === "viewing" && event.user_id !== me) setOthers((before) => took(before, event));
  });
  const tell = useEffectEvent(() => {
    if (ticketId === null || document.visibilityState === "hidden") return;
    live.send("/app/viewing", { ticket_id: ticketId, ...(kind === null ? {} : { writing: kind }) });
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: told anew whenever one of these changes
  useEffect(() => {
    tell();
    const timer = setInterval(tell, TOLD);
    document.addEventListener("visibilitychange", tell);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tell);
    };
  }, [ticketId, kind, state]);
  useEffect(() => {
    if (writing === null) return;
    const timer = setTimeout(() => setWriting(null), WRITES);
    return () => clearTimeout(timer);
  }, [writing]);
  useEffect(() => {
    const timer = setInterval(() => setOthers(stillThere), TOLD / 2);
    return () => clearInterval(timer);
  }, []);
  const wrote: Wrote = (what) => setWriting(what === null ? null : { kind: what, at: Date.now() });
  return { viewers: Object.values(others), wrote };
}

export type Wrote = (kind: WritingKind | null) => void;

type Others = Record<string, Viewer & { until: number }>;

function took(before: Others, { user_id: id, name, writing, online }: Viewing): Others {
  const { [id]: _, ...rest } = before;
  return online ? { ...rest, [id]: { id, name, writing, until: Date.now() + GONE } } : rest;
}

function stillThere(before: Others): Others {
  const now = Date.now();
  const there = Object.entries(before).filter(([, viewer]) => viewer.until > now);
  return there.length === Object.keys(before).length ? before : Object.fromEntries(there);
}
