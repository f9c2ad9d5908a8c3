import { type ReactNode, type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import { Form as AriaForm } from "react-aria-components";
import { asProblem, type Problem } from "../api/problem";
import styles from "./form.module.css";
import { useFieldText } from "./problem-text";
import { Failed } from "./states";

interface FormProps {
  children: ReactNode;
  onSubmit: (form: FormData) => unknown;
  /** What the API said of the last try: its fields' errors go to the fields of these names, the rest above the form. */
  error?: unknown;
  /** Names of the fields that this form has. */
  fields?: readonly string[];
  label?: string;
}

interface Shown {
  problem: Problem;
  errors: Record<string, string>;
  /** Some field shows what was wrong. */
  placed: boolean;
}

/** A form that checks nothing twice: native constraints first, then the API's word field by field. */
export function Form({ children, onSubmit, error, fields = [], label }: FormProps) {
  const text = useFieldText();
  const problem = error === undefined || error === null ? null : asProblem(error);
  const [shown, setShown] = useState<Shown | null>(null);
  if (problem !== null && shown?.problem !== problem) {
    const said = byField(problem, text);
    setShown({ problem, errors: said, placed: Object.keys(said).some((field) => fields.includes(field)) });
  }
  const errors = problem === null ? {} : (shown?.errors ?? {});
  const form = useRef<HTMLFormElement>(null);
  useFocusOnInvalid(form);
  // As soon as somebody mends a field: were it only when they leave it, the button would jump from under their click.
  const edited = (name: string) => {
    if (shown === null || !(name in shown.errors)) return;
    const { [name]: _, ...others } = shown.errors;
    setShown({ ...shown, errors: others });
  };
  useInput(form, edited);
  return (
    <AriaForm
      ref={form}
      className={styles.form ?? ""}
      validationErrors={errors}
      {...(label ? { "aria-label": label } : {})}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(new FormData(event.currentTarget));
      }}
    >
      {problem !== null && !shown?.placed && <Failed error={problem} />}
      {children}
    </AriaForm>
  );
}

/** Calls `listener` with the name of the field in which somebody types. */
function useInput(form: RefObject<HTMLFormElement | null>, listener: (name: string) => void): void {
  const heard = useEffectEvent(listener);
  useEffect(() => {
    const element = form.current;
    const onInput = ({ target }: Event) => {
      // Afterwards: React hasn't heard of the new value yet, and would put the old one back.
      if (target !== null && "name" in target) setTimeout(() => heard(String(target.name)));
    };
    element?.addEventListener("input", onInput);
    return () => element?.removeEventListener("input", onInput);
  }, [form]);
}

/** The first field that is wrong takes the focus, also where a click on the button sent the form. */
function useFocusOnInvalid(form: RefObject<HTMLFormElement | null>): void {
  useEffect(() => {
    const element = form.current;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onInvalid = () => {
      clearTimeout(timer);
      timer = setTimeout(() => element?.querySelector<HTMLElement>(":invalid:not(fieldset)")?.focus());
    };
    element?.addEventListener("invalid", onInvalid, true);
    return () => {
      clearTimeout(timer);
      element?.removeEventListener("invalid", onInvalid, true);
    };
  }, [form]);
}

function byField(
  problem: Problem,
  text: (error: Problem["errors"][number]) => string,
): Record<string, string> {
  return Object.fromEntries(problem.errors.map((each) => [each.field, text(each)]));
}

/** What is done with the form, at its end. */
export function FormButtons({ children }: { children: ReactNode }) {
  return <div className={styles.buttons}>{children}</div>;
}
