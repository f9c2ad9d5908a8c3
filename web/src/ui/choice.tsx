/** One out of several: radios, a switch. A list that opens: `select.tsx`. */
import { type ReactNode, useId } from "react";
import {
  RadioGroup as AriaRadioGroup,
  Switch as AriaSwitch,
  FieldError,
  Label,
  Radio,
} from "react-aria-components";
import styles from "./choice.module.css";

export interface Option<Id extends string> {
  id: Id;
  label: string;
  hint?: string;
}

export interface ChoiceProps<Id extends string> {
  label: string;
  options: readonly Option<Id>[];
  value: Id;
  onChange: (id: Id) => void;
  name?: string;
  isDisabled?: boolean;
}

export function RadioGroup<Id extends string>({ label, options, onChange, ...props }: ChoiceProps<Id>) {
  const id = useId();
  return (
    <AriaRadioGroup {...props} onChange={(id) => onChange(id as Id)} className={styles.group ?? ""}>
      <Label className={styles.label ?? ""}>{label}</Label>
      <div className={styles.radios}>
        {options.map((option) => (
          // The hint describes the choice; its name is the label alone.
          <Radio
            key={option.id}
            value={option.id}
            aria-label={option.label}
            {...(option.hint ? { "aria-describedby": `${id}-${option.id}` } : {})}
            className={styles.radio ?? ""}
          >
            <span className={styles.dot} aria-hidden="true" />
            <span>
              <span>{option.label}</span>
              {option.hint && (
                <span id={`${id}-${option.id}`} className={styles.hint}>
                  {option.hint}
                </span>
              )}
            </span>
          </Radio>
        ))}
      </div>
      <FieldError className={styles.error ?? ""} />
    </AriaRadioGroup>
  );
}

interface SwitchProps {
  children: ReactNode;
  isSelected: boolean;
  onChange: (on: boolean) => void;
  isDisabled?: boolean;
}

export function Switch({ children, ...props }: SwitchProps) {
  return (
    <AriaSwitch {...props} className={styles.switch ?? ""}>
      <span className={styles.track} aria-hidden="true">
        <span className={styles.thumb} />
      </span>
      {children}
    </AriaSwitch>
  );
}
