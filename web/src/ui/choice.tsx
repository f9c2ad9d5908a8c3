/** One out of several: a select, radios, a switch. */
import { type ReactNode, useId } from "react";
import {
  RadioGroup as AriaRadioGroup,
  Select as AriaSelect,
  Switch as AriaSwitch,
  Button,
  FieldError,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Radio,
  SelectValue,
  Text,
} from "react-aria-components";
import styles from "./choice.module.css";
import { Icon } from "./icon";

export interface Option<Id extends string> {
  id: Id;
  label: string;
  hint?: string;
}

interface ChoiceProps<Id extends string> {
  label: string;
  options: readonly Option<Id>[];
  value: Id;
  onChange: (id: Id) => void;
  name?: string;
  isDisabled?: boolean;
}

/** `quietLabel`: the label is read, not shown. */
export function Select<Id extends string>({
  label,
  options,
  value,
  onChange,
  quietLabel,
  ...props
}: ChoiceProps<Id> & { quietLabel?: boolean }) {
  return (
    <AriaSelect
      {...props}
      {...(quietLabel ? { "aria-label": label } : {})}
      value={value}
      onChange={(key) => onChange(key as Id)}
      className={styles.select ?? ""}
    >
      {!quietLabel && <Label className={styles.label ?? ""}>{label}</Label>}
      <Button className={styles.opener ?? ""}>
        <SelectValue className={styles.value ?? ""} />
        <Icon name="chevron" size={18} />
      </Button>
      <FieldError className={styles.error ?? ""} />
      <Popover className={styles.popover ?? ""}>
        <ListBox className={styles.list ?? ""} items={options}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className={styles.option ?? ""}>
              <Text slot="label">{option.label}</Text>
              {option.hint && (
                <Text slot="description" className={styles.hint ?? ""}>
                  {option.hint}
                </Text>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
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
