import type { ReactNode, Ref } from "react";
import {
  type TextFieldProps as AriaProps,
  TextField as AriaTextField,
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
} from "react-aria-components";
import styles from "./field.module.css";

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
