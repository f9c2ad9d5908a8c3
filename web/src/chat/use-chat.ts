import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { live } from "../live/connection";
import { ChatService, type ChatState } from "./chatService";
import { conversationsQuery } from "./queries";

/** A conversation for as long as it is shown and the window can be seen: being subscribed counts as being there. */
export function useChat(ticketId: string, withId: string | null, me: string): [ChatState, ChatService] {
  const service = useMemo(() => new ChatService({ ticketId, withId, me }, live), [ticketId, withId, me]);
  const state = useSyncExternalStore(service.watch, service.snapshot);
  const visible = useVisible();
  const seen = useQuery(conversationsQuery(ticketId)).data?.items.find(
    (each) => (each.with?.id ?? null) === withId,
  )?.seen;
  useEffect(() => (visible ? service.start() : undefined), [service, visible]);
  useEffect(() => {
    if (seen !== undefined) service.saw(seen);
  }, [service, seen]);
  return [state, service];
}

function subscribe(changed: () => void): () => void {
  document.addEventListener("visibilitychange", changed);
  return () => document.removeEventListener("visibilitychange", changed);
}

export function useVisible(): boolean {
  return useSyncExternalStore(subscribe, () => document.visibilityState === "visible");
}
