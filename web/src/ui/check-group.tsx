/** Several out of several. */
import { CheckboxGroup as AriaGroup, Checkbox, FieldError, Label } from "react-aria-components";
import styles from "./check-group.module.css";
import { Icon } from "./icon";

interface CheckGroupProps {
  label: string;
  name?: string;
  options: readonly { id: string; label: string }[];
  value: string[];
  onChange: (ids: string[]) => void;
  isRequired?: boolean;
}

export function CheckGroup({ label, options, ...props }: CheckGroupProps) {
  return (
    <AriaGroup {...props} className={styles.group ?? ""}>
      <Label className={styles.label ?? ""}>{label}</Label>
      <div className={styles.checks}>
        {options.map((option) => (
          <Checkbox key={option.id} value={option.id} className={styles.check ?? ""}>
            <span className={styles.box} aria-hidden="true">
              <Icon name="check" size={14} />
            </span>
            <bdi>{option.label}</bdi>
          </Checkbox>
        ))}
      </div>
      <FieldError className={styles.error ?? ""} />
    </AriaGroup>
  );
}
