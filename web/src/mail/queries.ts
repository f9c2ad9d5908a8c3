/** Mail that was kept: what is read, and what is decided about it. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { Problem } from "../api/problem";
import { listOptions } from "../api/queries";
import type { KeptMail } from "../api/types";

export const mailKeys = {
  all: ["mail"] as const,
  one: (id: string) => ["mail", "one", id] as const,
};

export function keptQuery(reason?: KeptMail["reason"]) {
  return listOptions([...mailKeys.all, "kept", { reason }] as const, (cursor, signal) =>
    ok(
      api.GET("/mail/kept", {
        params: { query: { ...(reason ? { reason } : {}), ...(cursor ? { cursor } : {}) } },
        signal,
      }),
    ),
  );
}

/** One mail with its whole text: a list has its beginning. */
export function keptMailQuery(id: string) {
  return {
    queryKey: mailKeys.one(id),
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      ok(api.GET("/mail/kept/{mail_id}", { params: { path: { mail_id: id } }, signal })),
  };
}

export type As = "comment" | "ticket" | "nothing";

export interface Decision {
  as: As;
  /** The ticket's number, as people say it. */
  number: string;
  /** In whose name: an e-mail address; empty, in one's own. */
  author: string;
}

/** The fields of the form, by which what can't be found is said. */
export const FIELDS = ["number", "author"];

export function useDecide(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({ as, number, author }: Decision) => {
      const ticket = as === "comment" ? { ticket_id: await ticketOf(number) } : {};
      const person = as !== "nothing" && author !== "" ? { author_id: await personOf(author) } : {};
      const path = { mail_id: id };
      return ok(api.POST("/mail/kept/{mail_id}", { params: { path }, body: { as, ...ticket, ...person } }));
    },
    onSuccess: () => cache.invalidateQueries({ queryKey: mailKeys.all }),
  });
}

async function ticketOf(number: string): Promise<string> {
  const plain = Number(number.replace(/^#/u, ""));
  const known = Number.isInteger(plain) && plain >= 1;
  const found = known
    ? await ok(api.GET("/tickets", { params: { query: { number: plain } } }))
    : { items: [] };
  const [ticket] = found.items;
  if (ticket === undefined) throw missing("number");
  return ticket.id;
}

async function personOf(email: string): Promise<string> {
  const found = await ok(api.GET("/users", { params: { query: { q: email, active: true, limit: 100 } } }));
  const person = found.items.find((each) => each.email.toLowerCase() === email.toLowerCase());
  if (person === undefined) throw missing("author");
  return person.id;
}

function missing(field: string): Problem {
  return new Problem(422, { errors: [{ field, message: "", code: "unknown_id", params: {} }] });
}
