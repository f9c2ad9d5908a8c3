import { lazy, type ReactNode, Suspense } from "react";
import { Button as AriaButton, type ButtonProps } from "react-aria-components";
import type { IconName } from "./icon";
import { popups, useOpener } from "./opener";
import styles from "./overlay.module.css";

const Popup = lazy(() => popups().then((loaded) => ({ default: loaded.MenuPopup })));

export interface MenuEntry {
  id: string;
  label: string;
  icon?: IconName;
  onAction: () => void;
  /** A line goes before it. */
  apart?: boolean;
}

interface MenuProps {
  label: string;
  /** Renders the button that opens it, with these props. */
  trigger: (props: ButtonProps) => ReactNode;
  entries: MenuEntry[];
}

export function Menu({ label, trigger, entries }: MenuProps) {
  const { isOpen, close, anchor, button } = useOpener("menu");
  return (
    <span ref={anchor} className={styles.anchor}>
      {trigger(button)}
      {isOpen && (
        <Suspense>
          <Popup label={label} triggerRef={anchor} onClose={close} entries={entries} />
        </Suspense>
      )}
    </span>
  );
}

/** A button of any content that opens a menu; `label` is its name. */
export function MenuButton({
  label,
  children,
  ...props
}: Omit<ButtonProps, "className" | "style" | "children"> & { label: string; children: ReactNode }) {
  return (
    <AriaButton {...props} aria-label={label} className={styles.opener ?? ""}>
      {children}
    </AriaButton>
  );
}
