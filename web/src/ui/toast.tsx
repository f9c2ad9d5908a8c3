/** Short notices at the edge of the window, with an undo where there is one. */
import { useLingui } from "@lingui/react/macro";
import { useEffect, useSyncExternalStore } from "react";
import { Button, IconButton } from "./button";
import { Icon, type IconName } from "./icon";
import styles from "./toast.module.css";

export interface Notice {
  text: string;
  icon?: IconName;
  tone?: "plain" | "bad";
  action?: { label: string; onPress: () => void };
  /** Milliseconds until it goes; 0: it stays. Longer than 5 s so that it can be read. */
  stays?: number;
}

type Shown = Notice & { id: number };

const STAYS = 7000;
let shown: readonly Shown[] = [];
let last = 0;
const listeners = new Set<() => void>();

function change(next: readonly Shown[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

/** Shows a notice; the answer takes it away again. */
export function toast(notice: Notice): () => void {
  last += 1;
  const id = last;
  change([...shown.slice(-2), { ...notice, id }]);
  return () => change(shown.filter((each) => each.id !== id));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The place where notices appear: once in the page, there from the beginning so that readers notice changes. */
export function Toasts() {
  const notices = useSyncExternalStore(subscribe, () => shown);
  return (
    <div role="status" aria-live="polite" aria-relevant="additions" className={styles.place}>
      {notices.map((notice) => (
        <OneNotice key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function OneNotice({ notice }: { notice: Shown }) {
  const { t } = useLingui();
  const { id, stays = STAYS } = notice;
  const close = () => change(shown.filter((each) => each.id !== id));
  useEffect(() => {
    if (stays === 0) return;
    const timer = setTimeout(() => change(shown.filter((each) => each.id !== id)), stays);
    return () => clearTimeout(timer);
  }, [id, stays]);
  return (
    <div className={notice.tone === "bad" ? styles.bad : styles.notice}>
      {notice.icon && <Icon name={notice.icon} size={18} />}
      <span className={styles.text}>{notice.text}</span>
      {notice.action && (
        <Button
          small
          look="quiet"
          onPress={() => {
            notice.action?.onPress();
            close();
          }}
        >
          {notice.action.label}
        </Button>
      )}
      <IconButton icon="close" label={t`Dismiss`} onPress={close} />
    </div>
  );
}
