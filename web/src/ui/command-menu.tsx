import {
  Dialog as AriaDialog,
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  SearchField as AriaSearchField,
  Autocomplete,
  Header,
  Input,
  MenuSection,
  Modal,
  ModalOverlay,
} from "react-aria-components";
import styles from "./command-menu.module.css";
import { Icon, type IconName } from "./icon";

interface CommandItem {
  id: string;
  label: string;
  icon: IconName;
}

interface CommandMenuProps {
  label: string;
  placeholder: string;
  text: string;
  onText: (text: string) => void;
  sections: { id: string; label: string; items: CommandItem[] }[];
  /** Said when nothing matches. */
  nothing: string;
  onChoose: (id: string) => void;
  onClose: () => void;
}

/** A field with what matches below it: the focus stays in the field, arrows choose, Enter does it. */
export function CommandMenu({
  label,
  placeholder,
  text,
  onText,
  sections,
  nothing,
  onChoose,
  onClose,
}: CommandMenuProps) {
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onClose()}
      className={styles.veil ?? ""}
    >
      <Modal className={styles.window ?? ""}>
        <AriaDialog aria-label={label} className={styles.dialog ?? ""}>
          <Autocomplete inputValue={text} onInputChange={onText}>
            <AriaSearchField aria-label={label} autoFocus className={styles.field ?? ""}>
              <Icon name="search" />
              <Input placeholder={placeholder} maxLength={200} className={styles.input ?? ""} dir="auto" />
            </AriaSearchField>
            <AriaMenu
              aria-label={label}
              className={styles.menu ?? ""}
              onAction={(id) => onChoose(String(id))}
              renderEmptyState={() => <p className={styles.nothing}>{nothing}</p>}
            >
              {sections
                .filter(({ items }) => items.length > 0)
                .map((section) => (
                  <MenuSection key={section.id} id={section.id}>
                    <Header className={styles.header ?? ""}>{section.label}</Header>
                    {section.items.map((item) => (
                      <AriaMenuItem
                        key={item.id}
                        id={item.id}
                        textValue={item.label}
                        className={styles.item ?? ""}
                      >
                        <Icon name={item.icon} size={18} />
                        <bdi>{item.label}</bdi>
                      </AriaMenuItem>
                    ))}
                  </MenuSection>
                ))}
            </AriaMenu>
          </Autocomplete>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
