/** One out of a list that opens below its button. */
import { lazy, Suspense, useContext, useId } from "react";
import { Button, FormValidationContext } from "react-aria-components";
import type { ChoiceProps } from "./choice";
import styles from "./choice.module.css";
import { Icon } from "./icon";
import { popups, useOpener } from "./opener";

const Popup = lazy(() => popups().then((loaded) => ({ default: loaded.OptionsPopup })));

/** `quietLabel`: the label is read, not shown. The server's errors come by the `name`, through the form. */
export function Select<Id extends string>({
  label,
  options,
  value,
  onChange,
  name,
  isDisabled,
  quietLabel,
}: ChoiceProps<Id> & { quietLabel?: boolean }) {
  const { isOpen, close, anchor, button } = useOpener("listbox");
  const id = useId();
  const errors = useContext(FormValidationContext);
  const error = name === undefined ? undefined : errors[name];
  return (
    <div className={styles.select}>
      {!quietLabel && (
        <span id={`${id}-label`} className={styles.label}>
          {label}
        </span>
      )}
      <span ref={anchor} className={styles.anchor}>
        <Button
          {...button}
          id={id}
          isDisabled={isDisabled ?? false}
          aria-labelledby={quietLabel ? `${id}-value ${id}` : `${id}-value ${id}-label`}
          {...(quietLabel ? { "aria-label": label } : {})}
          {...(error ? { "aria-describedby": `${id}-error` } : {})}
          className={styles.opener ?? ""}
        >
          <span id={`${id}-value`} className={styles.value}>
            {options.find((option) => option.id === value)?.label}
          </span>
          <Icon name="chevron" size={18} />
        </Button>
      </span>
      {name !== undefined && <input type="hidden" name={name} value={value} />}
      {error && (
        <span id={`${id}-error`} className={styles.error}>
          {error}
        </span>
      )}
      {isOpen && (
        <Suspense>
          <Popup
            label={label}
            triggerRef={anchor}
            onClose={close}
            options={options}
            value={value}
            onChoose={(chosen) => onChange(chosen as Id)}
          />
        </Suspense>
      )}
    </div>
  );
}
