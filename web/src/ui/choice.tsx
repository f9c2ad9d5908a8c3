/** One out of several: a select, radios, a switch, tabs. */
import type { ReactNode } from "react";
import {
  RadioGroup as AriaRadioGroup,
  Select as AriaSelect,
  Switch as AriaSwitch,
  Tabs as AriaTabs,
  Button,
  FieldError,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Radio,
  SelectValue,
  Tab,
  TabList,
  TabPanel,
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
  return (
    <AriaRadioGroup {...props} onChange={(id) => onChange(id as Id)} className={styles.group ?? ""}>
      <Label className={styles.label ?? ""}>{label}</Label>
      <div className={styles.radios}>
        {options.map((option) => (
          <Radio key={option.id} value={option.id} className={styles.radio ?? ""}>
            <span className={styles.dot} aria-hidden="true" />
            <span>
              {option.label}
              {option.hint && <span className={styles.hint}>{option.hint}</span>}
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

export interface TabOption<Id extends string> {
  id: Id;
  label: ReactNode;
  panel: ReactNode;
}

interface TabsProps<Id extends string> {
  label: string;
  tabs: readonly TabOption<Id>[];
  selected: Id;
  onSelect: (id: Id) => void;
}

/** Every panel stays in the page, so that what was typed in one survives a look at another. */
export function Tabs<Id extends string>({ label, tabs, selected, onSelect }: TabsProps<Id>) {
  return (
    <AriaTabs
      selectedKey={selected}
      onSelectionChange={(key) => onSelect(key as Id)}
      className={styles.tabs ?? ""}
    >
      <TabList aria-label={label} className={styles.tablist ?? ""}>
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className={styles.tab ?? ""}>
            {tab.label}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} shouldForceMount className={styles.panel ?? ""}>
          {tab.panel}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
