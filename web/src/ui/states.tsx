/** What a part of the page shows while it has nothing to show: loading, empty, failed. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useEffect, useState } from "react";
import { asProblem } from "../api/problem";
import { Button } from "./button";
import { Icon, type IconName } from "./icon";
import { useProblemText } from "./problem-text";
import styles from "./states.module.css";

/** Milliseconds for which nothing is shown: most answers are there by then. */
const PATIENCE = 300;

export function Spinner() {
  return <span className={styles.spinner} aria-hidden="true" />;
}

/** Grey lines in the place of what is being loaded. */
export function Skeleton({ lines = 4, tall = false }: { lines?: number; tall?: boolean }) {
  const { t } = useLingui();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <div role="status" aria-label={t`Loading`} className={styles.skeleton}>
      {Array.from({ length: lines }, (_, line) => line).map((line) => (
        <span key={line} className={tall ? styles.block : styles.line} />
      ))}
    </div>
  );
}

/** Nothing here, and what to do about it. */
export function Empty({
  icon = "inbox",
  title,
  children,
}: {
  icon?: IconName;
  title: string;
  children?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      <span className={styles.picture}>
        <Icon name={icon} size={28} />
      </span>
      <h2>{title}</h2>
      {children && <div className={styles.words}>{children}</div>}
    </div>
  );
}

/** A problem in its own words, its number, and a way on. */
export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const problem = asProblem(error);
  const words = useProblemText();
  return (
    <div role="alert" className={styles.failed}>
      <Icon name={problem.offline ? "offline" : "alert"} />
      <div>
        <p className={styles.title}>{words(problem)}</p>
        {problem.requestId && (
          <p className={styles.number}>
            <Trans>
              If it goes on, tell us this number: <code>{problem.requestId}</code>
            </Trans>
          </p>
        )}
      </div>
      {onRetry && (
        <Button small onPress={onRetry} icon="refresh">
          <Trans>Try again</Trans>
        </Button>
      )}
    </div>
  );
}
