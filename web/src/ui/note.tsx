import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";
import styles from "./note.module.css";

interface NoteProps {
  tone?: "info" | "good" | "warn" | "bad";
  icon?: IconName;
  children: ReactNode;
  /** Said at once to readers of the screen. */
  alert?: boolean;
  /** At its end: a button. */
  action?: ReactNode;
}

const ICONS: Record<NonNullable<NoteProps["tone"]>, IconName> = {
  info: "info",
  good: "check",
  warn: "alert",
  bad: "alert",
};

/** A sentence that stands out. */
export function Note({ tone = "info", icon, children, alert, action }: NoteProps) {
  return (
    <div className={`${styles.note} ${styles[tone]}`} {...(alert ? { role: "alert" } : {})}>
      <Icon name={icon ?? ICONS[tone]} />
      <div className={styles.words}>{children}</div>
      {action}
    </div>
  );
}
