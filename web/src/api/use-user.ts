import { useSyncExternalStore } from "react";
import * as session from "./session";
import type { User } from "./types";

/** Who is signed in; null on the pages that are there for everybody. */
export function useUser(): User | null {
  return useSyncExternalStore(session.subscribe, session.signedIn);
}

/** Whether nothing is to be had before a second factor is set up. */
export function useFactorDemanded(): boolean {
  return useSyncExternalStore(session.subscribe, session.demandsFactor);
}

/** Who is signed in, on a page that nobody else sees. */
export function useSignedIn(): User {
  const user = useUser();
  if (user === null) throw new Error("This page needs somebody who is signed in.");
  return user;
}
