import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import styles from "./hint.module.css";

/** Milliseconds for which a pointer rests before the hint shows. */
const REST = 500;
/** Pixels between a hint, what it belongs to, and the window's edges. */
const GAP = 6;

/** Says more of what it stands around, on hover and on focus; Escape hides it (WCAG 1.4.13). `children` gets the hint's id. */
export function Hint({ text, children }: { text: string; children: (describedBy?: string) => ReactNode }) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const around = useRef<HTMLSpanElement>(null);
  const bubble = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLayoutEffect(() => {
    if (isOpen && bubble.current && around.current) place(bubble.current, around.current);
  }, [isOpen]);
  const hide = () => {
    clearTimeout(timer.current);
    setOpen(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the hint repeats nothing that one could do
    <span
      ref={around}
      className={styles.around}
      onPointerEnter={() => {
        timer.current = setTimeout(() => setOpen(true), REST);
      }}
      onPointerLeave={hide}
      onFocus={(event) => event.target.matches(":focus-visible") && setOpen(true)}
      onBlur={hide}
      onKeyDown={(event: KeyboardEvent) => event.key === "Escape" && hide()}
    >
      {children(isOpen ? id : undefined)}
      {isOpen && (
        <span ref={bubble} id={id} role="tooltip" popover="manual" className={styles.bubble}>
          {text}
        </span>
      )}
    </span>
  );
}

/** Above, or below where there is no room; never beyond the window. */
function place(bubble: HTMLElement, around: HTMLElement): void {
  bubble.showPopover?.();
  const at = around.getBoundingClientRect();
  const { width, height } = bubble.getBoundingClientRect();
  const furthest = document.documentElement.clientWidth - width - GAP;
  const top = at.top - height - GAP;
  bubble.style.left = `${Math.max(GAP, Math.min(at.left + at.width / 2 - width / 2, furthest))}px`;
  bubble.style.top = `${top < GAP ? at.bottom + GAP : top}px`;
}
