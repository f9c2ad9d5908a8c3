/**
 * Who is signed in. The refresh token is a cookie that no script can read; the access token lives in memory alone and
 * goes from tab to tab by a BroadcastChannel, so that six restored tabs refresh once.
 */
import { Problem } from "./problem";
import type { Session, SignedIn, User } from "./types";

const LOCK = "lambdesk-refresh";
const CHANNEL = "lambdesk-session";
/** Held by every tab in which somebody is signed in. */
const SIGNED_IN = "lambdesk-signed-in";
/** Milliseconds before its end at which a token is renewed. */
const EARLY = 30_000;
/** How long a tab that had to wait for another's refresh listens for its result. */
const LISTEN = 2_000;
/** How long a tab that asks the others for their session listens. */
const ASK = 1_000;

type Said = { kind: "in"; session: Session } | { kind: "out" } | { kind: "ask" };
type Listener = () => void;

let current: Session | null = null;
/** The API said that nobody is signed in here: no need to ask again. */
let known = false;
/** The API demands a second factor of the account before anything else. */
let factorDemanded = false;
/** The last token that the API refused: another tab may still believe in it. */
let refused: string | null = null;
let refreshing: Promise<Session | null> | null = null;
/** Lets go of the lock SIGNED_IN; null: this tab doesn't hold it. */
let release: (() => void) | null = null;
const listeners = new Set<Listener>();
const ended = new Set<(here: boolean) => void>();
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(CHANNEL);

channel?.addEventListener("message", (event: MessageEvent<Said>) => {
  const before = current?.user.id;
  if (event.data.kind === "ask") answer();
  else if (event.data.kind === "out") become(null);
  // Another tab signed in as somebody else: what this page shows isn't theirs.
  else if (before !== undefined && before !== event.data.session.user.id) globalThis.location.reload();
  else become(event.data.session);
});

/** Gives another tab the session, if it is good for a while yet. */
function answer(): void {
  const session = fresh();
  if (session !== null) channel?.postMessage({ kind: "in", session } satisfies Said);
}

function become(session: Session | null, here = false): void {
  const wasIn = current !== null;
  current = session;
  hold(session !== null);
  if (session === null || session.user.totp) factorDemanded = false;
  known = session === null;
  for (const listener of listeners) listener();
  if (wasIn && session === null) for (const listener of ended) listener(here);
}

/** Holds the lock SIGNED_IN, or lets go of it. */
function hold(signedIn: boolean): void {
  if (!("locks" in navigator) || signedIn === (release !== null)) return;
  release?.();
  release = null;
  if (!signedIn) return;
  const out = new Promise<void>((resolve) => {
    release = resolve;
  });
  void navigator.locks.request(SIGNED_IN, { mode: "shared" }, () => out);
}

export function signedIn(): User | null {
  return current?.user ?? null;
}

/** Calls `listener` whenever who is signed in, or what is known of them, changes. */
export function subscribe(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Calls `listener` when the session ends; `here`: because somebody signed out on this page. */
export function onEnd(listener: (here: boolean) => void): () => void {
  ended.add(listener);
  return () => ended.delete(listener);
}

/** Takes what sign-in, sign-up or a refresh answered. */
export function accept(answer: SignedIn): Session {
  const session: Session = {
    user: answer.user,
    token: answer.access_token,
    until: Date.now() + answer.expires_in * 1000,
  };
  become(session);
  channel?.postMessage({ kind: "in", session } satisfies Said);
  return session;
}

export function demandsFactor(): boolean {
  return factorDemanded;
}

/** The API refuses everything until there is a second factor. */
export function demandFactor(): void {
  if (factorDemanded || current === null) return;
  factorDemanded = true;
  for (const listener of listeners) listener();
}

/** What is known of the user has changed. */
export function update(user: User): void {
  if (current !== null) become({ ...current, user });
}

/** A token that is good for a while yet; null when nobody is signed in. Rejects with a Problem when it can't be told. */
export async function token(): Promise<string | null> {
  return (await restore())?.token ?? null;
}

/** Who is signed in, with a token that is good for a while yet: looked up by the cookie where it isn't known. */
export function restore(): Promise<Session | null> {
  const found = fresh();
  if (known || found !== null) return Promise.resolve(found);
  refreshing ??= locked().finally(() => {
    refreshing = null;
  });
  return refreshing;
}

/** The API refused `used`: it isn't good any more, whatever the clock says. */
export async function renewed(used: string): Promise<string | null> {
  refused = used;
  return token();
}

async function locked(): Promise<Session | null> {
  if (!("locks" in navigator)) return refresh();
  const atOnce = await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) =>
    lock === null ? undefined : ((await others()) ?? (await refresh())),
  );
  if (atOnce !== undefined) return atOnce;
  return navigator.locks.request(LOCK, async () => {
    // Another tab has just refreshed, and tells us.
    await heard(LISTEN);
    return fresh() ?? (await refresh());
  });
}

function fresh(): Session | null {
  if (current === null || current.token === refused) return null;
  return current.until - Date.now() > EARLY ? current : null;
}

/** The session of another tab, which refreshed before this one was there or listened; null if there is none. */
async function others(): Promise<Session | null> {
  const { held = [] } = await navigator.locks.query();
  const signedIn = held.filter(({ name }) => name === SIGNED_IN).length;
  if (channel === null || signedIn <= (release === null ? 0 : 1)) return null;
  channel.postMessage({ kind: "ask" } satisfies Said);
  await heard(ASK);
  return fresh();
}

function heard(patience: number): Promise<void> {
  if (fresh() !== null || channel === null) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      listeners.delete(done);
      resolve();
    };
    const timer = setTimeout(done, patience);
    listeners.add(done);
  });
}

async function refresh(): Promise<Session | null> {
  let answered: Response;
  try {
    answered = await fetch("/api/auth/refresh", post({}));
  } catch {
    throw new Problem(0, {});
  }
  if (answered.ok) return accept((await answered.json()) as SignedIn);
  if (answered.status === 401 || answered.status === 422) {
    become(null);
    return null;
  }
  throw new Problem(answered.status, await body(answered), answered.headers.get("Retry-After"));
}

/** Ends the session here and in the other tabs, even if the API can't be told. */
export async function signOut(): Promise<void> {
  const bearer = current?.token;
  try {
    await fetch("/api/auth/logout", post({}, bearer));
  } finally {
    become(null, true);
    channel?.postMessage({ kind: "out" } satisfies Said);
  }
}

function post(json: unknown, bearer?: string): RequestInit {
  const headers: Record<string, string> = { "Content-Type": "application/json", "X-Session": "cookie" };
  if (bearer !== undefined) headers.Authorization = `Bearer ${bearer}`;
  return { method: "POST", body: JSON.stringify(json), headers, credentials: "same-origin" };
}

async function body(answer: Response): Promise<Record<string, unknown>> {
  try {
    return (await answer.json()) as Record<string, unknown>;
  } catch {
    return {};
  }
}
