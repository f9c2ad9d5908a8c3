/** The API, typed by its own document. */
import createClient from "openapi-fetch";
import { Problem } from "./problem";
import type { paths } from "./schema";
import * as session from "./session";

const ANYONE =
  /^\/api\/(auth\/(login|login\/totp|register|refresh|password\/(forgot|reset))|config|client-errors)$/;
const SESSION = /^\/api\/auth\/(login|register|refresh|logout)/;

async function sent(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new Problem(0, {});
  }
}

/** `fetch` with the caller's token; once more with a new one if the API finds it too old. */
async function authorised(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname;
  if (SESSION.test(path)) request.headers.set("X-Session", "cookie");
  const open = ANYONE.test(path);
  const token = open ? session.signedIn() && (await session.token()) : await session.token();
  if (!token) return sent(request);
  const again = request.clone();
  request.headers.set("Authorization", `Bearer ${token}`);
  const answer = await sent(request);
  if (answer.status === 403) void lookForFactor(answer.clone());
  if (answer.status !== 401 || open) return answer;
  const renewed = await session.renewed(token);
  if (renewed === null) return answer;
  again.headers.set("Authorization", `Bearer ${renewed}`);
  return sent(again);
}

/** The API may have refused because an admin has to set up a second factor first. */
async function lookForFactor(answer: Response): Promise<void> {
  const body = (await answer.json().catch(() => ({}))) as { code?: unknown };
  if (body.code === "totp_required") session.demandFactor();
}

/** How often a POST asks for the answer to its twin. */
const TRIES = 5;

/** A POST that was sent twice (two clicks): while the first is under way the second waits, then gets the same answer. */
async function answered(request: Request): Promise<Response> {
  for (let tries = 0; ; tries += 1) {
    const answer = await authorised(request.clone());
    const after = request.headers.has("Idempotency-Key") ? answer.headers.get("Retry-After") : null;
    if (answer.status !== 409 || after === null || tries === TRIES) return answer;
    await new Promise((resolve) => setTimeout(resolve, Number(after) * 1000));
  }
}

export const api = createClient<paths>({
  baseUrl: new URL("/api", globalThis.location.href).href,
  fetch: answered,
  // Lists go as `a,b`, as the document says (`explode: false`).
  querySerializer: { array: { style: "form", explode: false } },
});

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** What the API answered; throws a Problem where it refused. */
export async function ok<Data>(asked: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await asked;
  if (!response.ok) {
    const body = typeof error === "object" && error !== null ? (error as Record<string, unknown>) : {};
    throw new Problem(response.status, body, response.headers.get("Retry-After"));
  }
  return data as Data;
}

/** A key for a POST that must not create twice, however often it is sent. */
export function onceOnly(): { "Idempotency-Key": string } {
  return { "Idempotency-Key": crypto.randomUUID() };
}
