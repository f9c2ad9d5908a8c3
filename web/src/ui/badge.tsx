import type { ReactNode } from "react";
import styles from "./badge.module.css";

export type Tone = "plain" | "accent" | "good" | "warn" | "bad" | "info";

/** A short word with a colour; the word says it all, the colour is for the eye. */
export function Badge({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`${styles.badge} ${styles[tone]}`}>{children}</span>;
}

/** How many are new. `label` says of what, where nothing around it does. */
export function CountMark({ count, label }: { count: string; label?: string }) {
  return (
    <span className={styles.count}>
      <span aria-hidden="true">{count}</span>
      {label && <span className={styles.read}>{label}</span>}
    </span>
  );
}

/** Words for readers of the screen that nobody else needs. */
export function Hidden({ children }: { children: ReactNode }) {
  return <span className={styles.read}>{children}</span>;
}

const HUES = 6;

/** A person's first letters on a colour of their own. */
export function Avatar({ name, id }: { name: string; id?: string }) {
  const letters = [...new Intl.Segmenter().segment(name.trim())].map((each) => each.segment);
  const words = name.trim().split(/\s+/u);
  const second = words.length > 1 ? [...(words.at(-1) ?? "")][0] : "";
  const hue =
    [...(id ?? name)].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997, 7) % HUES;
  return (
    // The letters are a picture, not text: the name stands beside them.
    <span
      className={`${styles.avatar} ${styles[`hue${hue}`]}`}
      data-letters={`${letters[0] ?? "?"}${second ?? ""}`.toLocaleUpperCase()}
      aria-hidden="true"
    />
  );
}
