import { useSyncExternalStore } from "react";
import { useFormats } from "../i18n/format";
import { Hint } from "./hint";
import styles from "./time.module.css";

const MINUTE = 60_000;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** One clock for all times on the page. */
function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      for (const each of listeners) each();
    }, MINUTE / 2);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

/** "5 minutes ago", with the exact time on hover and focus. `still`: no hint, where a row is a link already. */
export function Time({ at, still }: { at: string; still?: boolean }) {
  const formats = useFormats();
  const words = formats.relative(at, useNow());
  const exact = formats.exact(at);
  if (still) {
    return (
      <time dateTime={at} title={exact}>
        {words}
      </time>
    );
  }
  return (
    <Hint text={exact}>
      {(describedBy) => (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the exact time is for the keyboard too
        <time dateTime={at} tabIndex={0} aria-describedby={describedBy} className={styles.time}>
          {words}
        </time>
      )}
    </Hint>
  );
}
