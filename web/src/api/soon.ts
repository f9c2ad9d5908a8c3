/**
 * What the contract says and the generated document doesn't say yet. An entry goes as soon as `schema.d.ts` has its
 * path; then this file goes.
 */
import type { paths as Generated } from "./schema";
import type { Counts, Page, Waiting } from "./types";

interface Read<Query, Answer> {
  get: {
    parameters: { query?: Query; path?: never; header?: never; cookie?: never };
    requestBody?: never;
    responses: { 200: { headers: never; content: { "application/json": Answer } } };
  };
}

interface Soon {
  "/queue": Read<{ limit?: number; cursor?: string; team?: string }, Page<Waiting>>;
  "/tickets/counts": Read<never, Counts>;
}

export type paths = Omit<Generated, keyof Soon> & Soon;
