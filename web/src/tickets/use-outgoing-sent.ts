import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { start } from "./outgoing";

/** Sends held comments for as long as somebody is signed in, those too that an earlier page left behind. */
export function useOutgoingSent(userId: string | undefined): void {
  const cache = useQueryClient();
  useEffect(() => (userId === undefined ? undefined : start(cache)), [cache, userId]);
}
