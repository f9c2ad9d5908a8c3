import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, IconButton } from "../ui/button";
import { TextField } from "../ui/field";
import { Form, FormButtons } from "../ui/form";
import { Dialog } from "../ui/overlay";
import styles from "./properties.module.css";
import type { PropertyProps } from "./property";

interface Row {
  key: string;
  name: string;
  value: string;
}

const asText = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

/** Fields that this help desk gave itself: a name and a value each. Values that aren't texts are kept until they are changed. */
export function CustomFields({ ticket, properties }: PropertyProps) {
  const { t } = useLingui();
  const [rows, setRows] = useState<Row[] | null>(null);
  const fields = Object.entries(ticket.custom_fields);
  const edit = () =>
    setRows([
      ...fields.map(([name, value]) => ({ key: crypto.randomUUID(), name, value: asText(value) })),
      { key: crypto.randomUUID(), name: "", value: "" },
    ]);
  const save = () => {
    const named = (rows ?? []).filter((row) => row.name.trim() !== "");
    const before = ticket.custom_fields;
    const next = named.map(({ name, value }) => [
      name,
      name in before && asText(before[name]) === value ? before[name] : value,
    ]);
    properties.set({ custom_fields: Object.fromEntries(next) });
    setRows(null);
  };
  const put = (key: string, to: Partial<Row>) =>
    setRows((before) => before?.map((row) => (row.key === key ? { ...row, ...to } : row)) ?? null);
  if (fields.length === 0 && !ticket.can.custom_fields) return null;
  return (
    <div className={styles.fixed}>
      {fields.length > 0 && (
        <>
          <span className={styles.label}>{t`Further fields`}</span>
          <dl className={styles.facts}>
            {fields.map(([name, value]) => (
              <div key={name} className={styles.pair}>
                <dt>
                  <bdi>{name}</bdi>
                </dt>
                <dd>
                  <bdi>{asText(value)}</bdi>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {ticket.can.custom_fields && (
        <div>
          <Button small look="quiet" icon={fields.length === 0 ? "plus" : "menu"} onPress={edit}>
            {fields.length === 0 ? <Trans>Add a field</Trans> : <Trans>Change the fields</Trans>}
          </Button>
        </div>
      )}
      <Dialog title={t`Further fields`} isOpen={rows !== null} onClose={() => setRows(null)}>
        <Form onSubmit={save}>
          {rows?.map((row) => (
            <div key={row.key} className={styles.row}>
              <TextField label={t`Name`} value={row.name} onChange={(name) => put(row.key, { name })} />
              <TextField label={t`Value`} value={row.value} onChange={(value) => put(row.key, { value })} />
              <IconButton
                icon="close"
                label={row.name === "" ? t`Remove this field` : t`Remove ${row.name}`}
                onPress={() => setRows(rows.filter((each) => each.key !== row.key))}
              />
            </div>
          ))}
          <FormButtons>
            <Button
              look="quiet"
              icon="plus"
              onPress={() => setRows([...(rows ?? []), { key: crypto.randomUUID(), name: "", value: "" }])}
            >
              <Trans>Add a field</Trans>
            </Button>
            <Button type="submit" look="primary">
              <Trans>Save</Trans>
            </Button>
          </FormButtons>
        </Form>
      </Dialog>
    </div>
  );
}
