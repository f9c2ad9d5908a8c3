import { Trans, useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, useState } from "react";
import { composes } from "../keys/keys";
import { Button, IconButton } from "../ui/button";
import { TextField } from "../ui/field";
import styles from "./properties.module.css";
import type { PropertyProps } from "./property";

const MOST = 20;

/** A ticket's tags; one is added by Enter or a comma. */
export function Tags({ ticket, properties }: PropertyProps) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const may = ticket.can.tags;
  const put = () => {
    const added = text
      .split(",")
      .map((each) => each.trim())
      .filter((each) => each !== "" && !ticket.tags.includes(each));
    setText("");
    if (added.length > 0) properties.set({ tags: [...ticket.tags, ...new Set(added)].slice(0, MOST) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (composes(event.nativeEvent) || (event.key !== "Enter" && event.key !== ",")) return;
    event.preventDefault();
    put();
  };
  if (!may && ticket.tags.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the field within
    <div className={styles.fixed} onKeyDown={onKeyDown}>
      {!may && <span className={styles.label}>{t`Tags`}</span>}
      {ticket.tags.length > 0 && (
        <ul className={styles.tags} aria-label={t`Tags`}>
          {ticket.tags.map((tag) => (
            <li key={tag} className={styles.tag}>
              <bdi>{tag}</bdi>
              {may && (
                <IconButton
                  icon="close"
                  label={t`Remove the tag ${tag}`}
                  onPress={() => properties.set({ tags: ticket.tags.filter((each) => each !== tag) })}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {may && ticket.tags.length < MOST && (
        <div className={styles.add}>
          <TextField label={t`Add a tag`} value={text} onChange={setText} maxLength={50} />
          {text.trim() !== "" && (
            <Button small onPress={put}>
              <Trans>Add</Trans>
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
