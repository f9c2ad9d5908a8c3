import type { ReactNode } from "react";
import type { Ticket } from "../api/types";
import styles from "./properties.module.css";
import type { Properties } from "./use-property";

export interface PropertyProps {
  ticket: Ticket;
  properties: Properties;
}

/** A property that this reader can't change. */
export function Fixed({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.fixed}>
      <span className={styles.label}>{label}</span>
      {children}
    </div>
  );
}
