import { useRef, useState } from "react";
import type { ButtonProps } from "react-aria-components";

/** What opens beside a button. Not part of any page's first script. */
export const popups = () => import("./popups");

/** Props of a button that opens something, and whether that is open. Its code comes as soon as the button is approached. */
export function useOpener(kind: "menu" | "listbox") {
  const [isOpen, setOpen] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  const fetched = () => void popups().catch(() => undefined);
  // Where it can't be fetched, the page says that it is offline.
  const open = () =>
    void popups().then(
      () => setOpen(true),
      () => undefined,
    );
  const button = {
    "aria-haspopup": kind,
    "aria-expanded": isOpen,
    onPress: open,
    onHoverStart: fetched,
    onFocus: fetched,
    onKeyDown: (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        open();
      } else event.continuePropagation();
    },
  } satisfies ButtonProps;
  return { isOpen, close: () => setOpen(false), anchor, button };
}
