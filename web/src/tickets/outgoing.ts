/**
 * Comments of staff on their way: each is held here for five seconds in which it can be taken back, whatever page is
 * looked at meanwhile. They are stored beside the drafts, so that a reload in these seconds loses none, and go with one
 * key each, so that none is said twice.
 */
import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { api, ok } from "../api/client";
import { asProblem, type Problem } from "../api/problem";
import { draftKey, keepDraft } from "./drafts";
import { took } from "./mutations";
import { ticketKeys } from "./queries";
import type { Upload } from "./use-uploads";

/** Milliseconds for which a comment can be taken back. */
export const HOLD = 5_000;
/** How much longer a page that finds a comment of another tab waits before it sends it in that one's place. */
const LEFT_BEHIND = 4_000;

export interface Outgoing {
  /** The request's key. */
  key: string;
  ticketId: string;
  /** Empty: only the status changes. */
  body: string;
  files: Upload[];
  /** Set once the comment is there. */
  status?: "resolved";
  /** When it began to be held. */
  at: number;
}

export interface Shown extends Outgoing {
  state: "held" | "sending" | "failed";
  problem: Problem | null;
}

let items: readonly Shown[] = [];
let cache: QueryClient | null = null;
const listeners = new Set<() => void>();
const timers = new Map<string, ReturnType<typeof setTimeout>>();
/** What was taken back and is to be written on. */
const takenBack = new Map<string, Outgoing>();

/** Where they are stored: with the account that wrote them. */
let place: string | null = null;

function stored(): Outgoing[] {
  try {
    return JSON.parse((place && localStorage.getItem(place)) ?? "[]") as Outgoing[];
  } catch {
    return [];
  }
}

function store(change: (kept: Outgoing[]) => Outgoing[]): void {
  if (place === null) return;
  try {
    const kept = change(stored());
    if (kept.length === 0) localStorage.removeItem(place);
    else localStorage.setItem(place, JSON.stringify(kept));
  } catch {
    // No room, or none allowed: it is on the page alone.
  }
}

function become(next: readonly Shown[]): void {
  items = next;
  for (const listener of listeners) listener();
}

function change(key: string, to: Partial<Shown>): void {
  become(items.map((item) => (item.key === key ? { ...item, ...to } : item)));
}

function drop(key: string): void {
  clearTimeout(timers.get(key));
  timers.delete(key);
  store((kept) => kept.filter((item) => item.key !== key));
  become(items.filter((item) => item.key !== key));
}

function wait(item: Outgoing, milliseconds: number): void {
  timers.set(
    item.key,
    setTimeout(() => void send(item.key), milliseconds),
  );
}

/** Holds a comment, and sends it in five seconds. */
export function hold(item: Outgoing): void {
  store((kept) => [...kept, item]);
  become([...items, { ...item, state: "held", problem: null }]);
  wait(item, HOLD);
}

/** Takes a comment back, as long as it is held or wasn't sent: its text is a draft again. */
export function takeBack(key: string): void {
  const item = items.find((each) => each.key === key);
  if (item === undefined || item.state === "sending") return;
  takenBack.set(item.ticketId, item);
  if (item.body !== "") keepDraft(`${item.ticketId}/comment`, item.body);
  drop(key);
}

/** Sends what is held, now; fails as it would have failed by itself. */
export async function send(key: string): Promise<void> {
  const item = items.find((each) => each.key === key);
  if (item === undefined || item.state === "sending") return;
  clearTimeout(timers.get(key));
  change(key, { state: "sending", problem: null });
  try {
    await patiently(() => deliver(item));
    await cache?.invalidateQueries({ queryKey: ticketKeys.one(item.ticketId) });
    void cache?.invalidateQueries({ queryKey: ticketKeys.lists });
    drop(key);
  } catch (error) {
    change(key, { state: "failed", problem: asProblem(error) });
  }
}

/** Once more where the API says when: the same request is under way in another tab, or it is too busy. */
async function patiently(act: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      const { retryAfter } = asProblem(error);
      if (retryAfter === null || retryAfter > 10 || tries >= 2) throw error;
      await new Promise((resolve) => setTimeout(resolve, retryAfter * 1000));
    }
  }
}

async function deliver({ ticketId, body, files, key, status }: Outgoing): Promise<void> {
  const path = { ticket_id: ticketId };
  const ids = files.flatMap((file) => (file.id === null ? [] : [file.id]));
  if (body !== "") {
    await ok(
      api.POST("/tickets/{ticket_id}/comments", {
        params: { path, header: { "Idempotency-Key": key } },
        body: { body, ...(ids.length > 0 ? { attachment_ids: ids } : {}) },
      }),
    );
  }
  if (status === undefined) return;
  const ticket = await ok(api.PATCH("/tickets/{ticket_id}", { params: { path }, body: { status } }));
  if (cache !== null) took(cache, ticket);
}

/** Sends all that is held, now: before somebody signs out. */
export async function flush(): Promise<void> {
  await Promise.all(items.map((item) => send(item.key)));
}

/** From now on comments are sent, those too that an earlier page left behind. The answer ends it. */
export function start(queryClient: QueryClient): () => void {
  cache = queryClient;
  place = draftKey("outgoing");
  for (const item of stored()) {
    if (items.some((each) => each.key === item.key)) continue;
    const due = item.at + HOLD + LEFT_BEHIND - Date.now();
    timers.set(
      item.key,
      setTimeout(() => adopt(item), Math.max(0, due)),
    );
  }
  const online = () => {
    for (const item of items) if (item.state === "failed" && item.problem?.offline) void send(item.key);
  };
  globalThis.addEventListener("online", online);
  return () => {
    globalThis.removeEventListener("online", online);
    // Whoever signs in next sees nothing of it. What is stored is sent when its author is back.
    for (const timer of timers.values()) clearTimeout(timer);
    timers.clear();
    takenBack.clear();
    become([]);
    place = null;
  };
}

/** Another page's comment that is still there when it should have been sent long ago. */
function adopt(item: Outgoing): void {
  if (!stored().some((each) => each.key === item.key)) return;
  if (items.some((each) => each.key === item.key)) return;
  become([...items, { ...item, state: "held", problem: null }]);
  void send(item.key);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What is on its way, to every ticket. */
export function outgoing(): readonly Shown[] {
  return items;
}

export function useOutgoing(): readonly Shown[] {
  return useSyncExternalStore(subscribe, outgoing);
}

/** What was taken back of a ticket, once. */
export function claim(ticketId: string): Outgoing | null {
  const item = takenBack.get(ticketId) ?? null;
  takenBack.delete(ticketId);
  return item;
}
