import { type ReactNode, useEffect, useSyncExternalStore } from "react";
import styles from "./page.module.css";

let unread = 0;
const listeners = new Set<() => void>();

/** How much is unread: the page's title and icon say it. */
export function setUnread(count: number): void {
  unread = count;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** `(3) Title · Lambdesk` as the window's title. */
export function useTitle(title: string): void {
  const count = useSyncExternalStore(subscribe, () => unread);
  useEffect(() => {
    const mark = count === 0 ? "" : count >= 100 ? "(99+) " : `(${count}) `;
    document.title = `${mark}${title} · Lambdesk`;
  }, [title, count]);
}

interface PageProps {
  /** The heading, and the window's title. */
  title: string;
  /** Beside the heading. */
  actions?: ReactNode;
  children: ReactNode;
  /** A column for reading (`narrow`), or as wide as the window lets it be. */
  width?: "narrow" | "normal" | "wide";
}

/** A page with its heading and what one can do there. */
export function Page({ title, actions, children, width = "normal" }: PageProps) {
  useTitle(title);
  return (
    <div className={`${styles.page} ${styles[width]}`}>
      <header className={styles.head}>
        <h1>{title}</h1>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A part of a page on a surface of its own. */
export function Card({ title, children, label }: { title?: string; children: ReactNode; label?: string }) {
  return (
    <section className={styles.card} {...(label ? { "aria-label": label } : {})}>
      {title && <h2>{title}</h2>}
      {children}
    </section>
  );
}

/** A titled part of a page, on the page's own ground. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
