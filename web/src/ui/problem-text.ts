import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { FieldProblem, Problem } from "../api/problem";

/** What the API's codes say to people; what isn't here keeps the API's own (English) words. */
const CODES: Record<string, MessageDescriptor> = {
  required: msg`Please fill this in.`,
  blank: msg`Please write something that can be seen.`,
  too_long: msg`This is longer than the {max} characters that fit.`,
  too_short: msg`At least {min} characters, please.`,
  taken: msg`This address has an account already.`,
  wrong_code: msg`None of the codes that are good now, or it was used.`,
  wrong_password: msg`This isn't the password.`,
  invalid_email: msg`This isn't a complete e-mail address.`,
  unknown_id: msg`Nothing is found by this.`,
  sign_up_off: msg`Accounts are made by invitation here. Ask whoever runs this help desk.`,
};

const STATUSES: Record<number, MessageDescriptor> = {
  0: msg`No connection. What you see may be old.`,
  401: msg`Please sign in again.`,
  403: msg`You may not do this.`,
  404: msg`This isn't here, or not for you.`,
  412: msg`Somebody changed this meanwhile.`,
  413: msg`This is too large.`,
  429: msg`That was a lot at once. Please wait a little.`,
  500: msg`Something went wrong on our side.`,
  502: msg`Something went wrong on our side.`,
  503: msg`Too busy at the moment. Please try again.`,
  504: msg`That took too long. Please try again.`,
};

/** A sentence for people about a problem; the server's own where it knows more. */
export function useProblemText(): (problem: Problem) => string {
  const { i18n } = useLingui();
  return (problem) => {
    const said = STATUSES[problem.status];
    const specific = problem.status === 409 || problem.status === 422 || problem.status === 400;
    if (specific && problem.message) return problem.message;
    return said === undefined ? problem.message || i18n._(msg`That didn't work.`) : i18n._(said);
  };
}

/** A field's problem in the page's language. */
export function useFieldText(): (error: FieldProblem) => string {
  const { i18n } = useLingui();
  return (error) => {
    const known = error.code === undefined ? undefined : CODES[error.code];
    return known === undefined ? error.message : i18n._({ ...known, values: error.params ?? {} });
  };
}
