import { type ReactNode, useState } from "react";
import { useTitle } from "../ui/page";
import styles from "./door.module.css";

/** The card that sign-in and the like stand on. */
export function Door({
  title,
  lead,
  children,
  below,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
  below?: ReactNode;
}) {
  useTitle(title);
  return (
    <>
      <section className={styles.card}>
        <header>
          <h1>{title}</h1>
          {lead && <p className={styles.lead}>{lead}</p>}
        </header>
        {children}
      </section>
      {below && <div className={styles.below}>{below}</div>}
    </>
  );
}

/** The one-time token of the address's fragment; the address itself loses it at once, so that nobody reads it there. */
export function useFragmentToken(): string | null {
  const [token] = useState(() => {
    const found = new URLSearchParams(globalThis.location.hash.slice(1)).get("token");
    const { pathname, search } = globalThis.location;
    if (found !== null) globalThis.history.replaceState(globalThis.history.state, "", pathname + search);
    return found;
  });
  return token;
}

/** A field of a form, as text. */
export function field(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
