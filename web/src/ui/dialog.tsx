import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { IconButton } from "./button";
import styles from "./overlay.module.css";

export interface DialogProps {
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

/** A modal dialog: keeps the focus and gives it back; Escape closes it. A page takes the one of `overlay`, which is fetched when it opens. */
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
