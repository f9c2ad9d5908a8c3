/** What opens beside its button: fetched when it is needed (`opener.ts`). */
import type { RefObject } from "react";
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  ListBox,
  ListBoxItem,
  Popover,
  Separator,
  Text,
} from "react-aria-components";
import choice from "./choice.module.css";
import { Icon } from "./icon";
import type { MenuEntry } from "./menu";
import styles from "./overlay.module.css";

interface PopupProps {
  label: string;
  /** What it opens beside. */
  triggerRef: RefObject<HTMLElement | null>;
  onClose: () => void;
}

export function MenuPopup({ label, triggerRef, onClose, entries }: PopupProps & { entries: MenuEntry[] }) {
  return (
    <Popover
      isOpen
      triggerRef={triggerRef}
      onOpenChange={onClose}
      trigger="MenuTrigger"
      placement="bottom start"
      aria-label={label}
      className={styles.popover ?? ""}
    >
      <AriaMenu aria-label={label} autoFocus="first" onClose={onClose} className={styles.menu ?? ""}>
        {entries.flatMap((entry) => [
          ...(entry.apart ? [<Separator key={`${entry.id}-line`} className={styles.line ?? ""} />] : []),
          <AriaMenuItem key={entry.id} id={entry.id} onAction={entry.onAction} className={styles.item ?? ""}>
            {entry.icon && <Icon name={entry.icon} size={18} />}
            {entry.label}
          </AriaMenuItem>,
        ])}
      </AriaMenu>
    </Popover>
  );
}

interface OptionsProps extends PopupProps {
  options: readonly { id: string; label: string; hint?: string }[];
  value: string;
  onChoose: (id: string) => void;
}

export function OptionsPopup({ label, triggerRef, onClose, options, value, onChoose }: OptionsProps) {
  return (
    <Popover
      isOpen
      triggerRef={triggerRef}
      onOpenChange={onClose}
      trigger="Select"
      placement="bottom start"
      aria-label={label}
      className={choice.popover ?? ""}
    >
      <ListBox
        aria-label={label}
        autoFocus
        items={options}
        selectionMode="single"
        shouldSelectOnPressUp
        escapeKeyBehavior="none"
        selectedKeys={[value]}
        onSelectionChange={(keys) => {
          // The one that was chosen before, again: nothing is selected then, and nothing changes.
          const [id] = [...(keys as Set<string>)];
          onClose();
          if (id !== undefined && id !== value) onChoose(id);
        }}
        className={choice.list ?? ""}
      >
        {(option) => (
          <ListBoxItem id={option.id} textValue={option.label} className={choice.option ?? ""}>
            <Text slot="label">{option.label}</Text>
            {option.hint && (
              <Text slot="description" className={choice.hint ?? ""}>
                {option.hint}
              </Text>
            )}
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  );
}
