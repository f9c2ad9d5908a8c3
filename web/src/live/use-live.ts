/** The live connection for pages: what they listen to while they are shown, and what it says of itself. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import type { User } from "../api/types";
import { live, type State } from "./connection";
import type { LiveEvent } from "./events";
import { afterCut, intoCache } from "./into-cache";

/** Listens while the caller is shown. Null: to nothing. */
export function useListen(destination: string | null, listener: (event: LiveEvent) => void): void {
  const heard = useEffectEvent(listener);
  useEffect(() => (destination === null ? undefined : live.listen(destination, heard)), [destination]);
}

/** Keeps what is shown of tickets and notifications up to date, for as long as somebody is signed in. */
export function useLiveCache(user: User | null): void {
  const cache = useQueryClient();
  const took = (event: LiveEvent) => intoCache(cache, event);
  const team = user !== null && "team" in user && user.role === "agent" ? user.team : null;
  useListen(user === null ? null : "/user/queue/tickets", took);
  useListen(user === null ? null : "/user/queue/notifications", took);
  useListen(team === null ? null : `/topic/team/${team}`, took);
  useEffect(() => live.onReopen(() => afterCut(cache)), [cache]);
  useEffect(() => () => live.close(), []);
}

/** Keeps a ticket's page up to date: the ticket and its timeline. Listening is neither presence nor reading. */
export function useLiveTicket(ticketId: string): void {
  const cache = useQueryClient();
  useListen(`/topic/ticket/${ticketId}/events`, (event) => intoCache(cache, event));
}

export function useLiveState(): State {
  return useSyncExternalStore(
    (changed) => live.watch(changed),
    () => live.state,
  );
}

export function useTransport() {
  return useSyncExternalStore(
    (changed) => live.watch(changed),
    () => live.transport,
  );
}
