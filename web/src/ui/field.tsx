import { useLingui } from "@lingui/react/macro";
import type { ReactNode, Ref } from "react";
import {
  type TextFieldProps as AriaProps,
  SearchField as AriaSearchField,
  TextField as AriaTextField,
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
} from "react-aria-components";
import { IconButton } from "./button";
import styles from "./field.module.css";
import { Icon } from "./icon";

export interface TextFieldProps extends Omit<AriaProps, "className" | "style" | "children"> {
  label: string;
  hint?: ReactNode;
  /** A text of several lines, at first this many. */
  rows?: number;
  placeholder?: string;
  inputRef?: Ref<HTMLInputElement>;
  areaRef?: Ref<HTMLTextAreaElement>;
  onPaste?: React.ClipboardEventHandler;
}

/** Label, input, hint and error as one. The server's errors come by the `name`, through the form. */
export function TextField({
  label,
  hint,
  rows,
  placeholder,
  inputRef,
  areaRef,
  onPaste,
  ...props
}: TextFieldProps) {
  const input = { placeholder: placeholder ?? "", className: styles.input ?? "", dir: "auto" } as const;
  return (
    <AriaTextField {...props} className={styles.field ?? ""}>
      <Label className={styles.label ?? ""}>{label}</Label>
      {rows === undefined ? (
        <Input {...input} {...(inputRef ? { ref: inputRef } : {})} />
      ) : (
        <TextArea
          {...input}
          rows={rows}
          // It grows with its text (`field-sizing`), which takes no notice of `rows`.
          style={{ minBlockSize: `calc(${rows} * 1.5em + 1.125rem)` }}
          {...(onPaste ? { onPaste } : {})}
          {...(areaRef ? { ref: areaRef } : {})}
        />
      )}
      <div className={props.name === undefined ? undefined : styles.below}>
        {hint && (
          <Text slot="description" className={styles.hint ?? ""}>
            {hint}
          </Text>
        )}
        <FieldError className={styles.error ?? ""} />
      </div>
    </AriaTextField>
  );
}

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
