import { useLingui } from "@lingui/react/macro";
import type { Ref } from "react";
import { SearchField as AriaSearchField, Input } from "react-aria-components";
import { IconButton } from "./button";
import styles from "./field.module.css";
import { Icon } from "./icon";

interface SearchProps {
  label: string;
  placeholder?: string;
  value: string;
  onChange: (text: string) => void;
  onSubmit?: (text: string) => void;
  inputRef?: Ref<HTMLInputElement>;
}

/** A search box whose label is read but not shown; Escape empties it. */
export function SearchField({ label, placeholder, inputRef, onSubmit, ...props }: SearchProps) {
  const { t } = useLingui();
  return (
    <AriaSearchField
      {...props}
      {...(onSubmit ? { onSubmit } : {})}
      aria-label={label}
      maxLength={200}
      className={styles.search ?? ""}
    >
      <Icon name="search" size={18} />
      <Input
        placeholder={placeholder ?? label}
        className={styles.input ?? ""}
        {...(inputRef ? { ref: inputRef } : {})}
      />
      {props.value !== "" && <IconButton icon="close" label={t`Empty the search`} />}
    </AriaSearchField>
  );
}
