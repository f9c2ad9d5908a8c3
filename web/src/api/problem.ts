import type { components } from "./schema";

type Shown = components["schemas"]["Problem"];

/** One bad field; `code` and `params` are what a translation is made from. */
export interface FieldProblem {
  field: string;
  message: string;
  code?: string;
  params?: Record<string, unknown>;
}

/** What the API refused, or that it couldn't be reached (`status` 0). RFC 9457. */
export class Problem extends Error {
  readonly status: number;
  readonly requestId: string | null;
  /** What programs go by where the status says too little. */
  readonly code: string | null;
  readonly errors: FieldProblem[];
  /** Seconds to wait, where the API said so. */
  readonly retryAfter: number | null;
  /** The statuses to which the caller may move the ticket, where a move was refused. */
  readonly allowed: string[] | null;
  /** Who else has the ticket, where that is why. */
  readonly assigneeName: string | null;

  constructor(
    status: number,
    body: Partial<Shown> & Record<string, unknown>,
    retryAfter: string | null = null,
  ) {
    super(typeof body.detail === "string" ? body.detail : "");
    this.name = "Problem";
    this.status = status;
    this.requestId = typeof body.request_id === "string" ? body.request_id : null;
    this.code = typeof body.code === "string" ? body.code : null;
    this.errors = Array.isArray(body.errors) ? (body.errors as FieldProblem[]) : [];
    this.retryAfter = retryAfter === null || Number.isNaN(Number(retryAfter)) ? null : Number(retryAfter);
    this.allowed = Array.isArray(body.allowed) ? (body.allowed as string[]) : null;
    this.assigneeName = typeof body.assignee_name === "string" ? body.assignee_name : null;
  }

  get offline(): boolean {
    return this.status === 0;
  }

  has(code: string): boolean {
    return this.errors.some((each) => each.code === code);
  }
}

/** Anything thrown, as a problem. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(0, { detail: error instanceof Error ? error.message : String(error) });
}
