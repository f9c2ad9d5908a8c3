/** What opens above the page: dialogs, menus, hints. */
import { useLingui } from "@lingui/react/macro";
import type { ReactElement, ReactNode } from "react";
import {
  Button as AriaButton,
  Dialog as AriaDialog,
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  DialogTrigger,
  Focusable,
  Heading,
  MenuTrigger,
  Modal,
  ModalOverlay,
  Popover,
  Separator,
  Tooltip,
  TooltipTrigger,
} from "react-aria-components";
import { IconButton } from "./button";
import { Icon, type IconName } from "./icon";
import styles from "./overlay.module.css";

interface DialogProps {
  title: ReactNode;
  /** The dialog's name where the title shows more than its words. */
  label?: string;
  children: ReactNode;
  isOpen: boolean;
  onClose: () => void;
  /** The name of the button that closes it. */
  closeLabel?: string;
  /** `side`: as high as the window, at its end; on a phone the whole of it. */
  place?: "middle" | "side";
  /** Beside the title. */
  tools?: ReactNode;
}

/** A modal dialog: keeps the focus and gives it back; Escape closes it. */
export function Dialog({
  title,
  label,
  children,
  isOpen,
  onClose,
  closeLabel,
  place = "middle",
  tools,
}: DialogProps) {
  const { t } = useLingui();
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className={styles.veil ?? ""}
    >
      <Modal className={(place === "side" ? styles.side : styles.middle) ?? ""}>
        <AriaDialog className={styles.dialog ?? ""} {...(label ? { "aria-label": label } : {})}>
          <header className={styles.head}>
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            {tools}
            <IconButton icon="close" label={closeLabel ?? t`Close this window`} onPress={onClose} />
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export interface MenuEntry {
  id: string;
  label: string;
  icon?: IconName;
  onAction: () => void;
  /** A line goes before it. */
  apart?: boolean;
}

/** `trigger` is a button of ours. */
export function Menu({
  trigger,
  label,
  entries,
}: {
  trigger: ReactElement;
  label: string;
  entries: MenuEntry[];
}) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={styles.popover ?? ""}>
        <AriaMenu aria-label={label} className={styles.menu ?? ""}>
          {entries.flatMap((entry) => [
            ...(entry.apart ? [<Separator key={`${entry.id}-line`} className={styles.line ?? ""} />] : []),
            <AriaMenuItem
              key={entry.id}
              id={entry.id}
              onAction={entry.onAction}
              className={styles.item ?? ""}
            >
              {entry.icon && <Icon name={entry.icon} size={18} />}
              {entry.label}
            </AriaMenuItem>,
          ])}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

/** A button of any content that opens a menu; `label` is its name. */
export function MenuButton({ label, children }: { label: string; children: ReactNode }) {
  return (
    <AriaButton aria-label={label} className={styles.opener ?? ""}>
      {children}
    </AriaButton>
  );
}

/** Something that opens beside its button and isn't a menu. */
export function Beside({
  trigger,
  label,
  children,
}: {
  trigger: ReactElement;
  label: string;
  children: ReactNode;
}) {
  return (
    <DialogTrigger>
      {trigger}
      <Popover className={styles.popover ?? ""}>
        <AriaDialog aria-label={label} className={styles.beside ?? ""}>
          {children}
        </AriaDialog>
      </Popover>
    </DialogTrigger>
  );
}

/** Says more of its one child, on hover and on focus. */
export function Hint({
  text,
  children,
}: {
  text: string;
  children: ReactElement<Record<string, unknown>, string>;
}) {
  return (
    <TooltipTrigger delay={500}>
      <Focusable>{children}</Focusable>
      <Tooltip offset={6} className={styles.hint ?? ""}>
        {text}
      </Tooltip>
    </TooltipTrigger>
  );
}
