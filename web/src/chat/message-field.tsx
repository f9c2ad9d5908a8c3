import { Trans, useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, useRef } from "react";
import { composes } from "../keys/keys";
import { useDraft } from "../tickets/drafts";
import { Button } from "../ui/button";
import { TextField } from "../ui/field";
import styles from "./chatbox.module.css";

const MOST = 4_000;

interface MessageFieldProps {
  /** The key of what was begun to be written. */
  draft: string;
  hint: string | undefined;
  onSay: (content: string) => void;
  onType: (typing: boolean) => void;
}

/** Enter sends, Shift and Enter begin a new line; neither while an input method composes. */
export function MessageField({ draft, hint, onSay, onType }: MessageFieldProps) {
  const { t } = useLingui();
  const [text, setText] = useDraft(draft);
  const area = useRef<HTMLTextAreaElement>(null);
  const send = () => {
    if (text.trim() === "") return;
    onSay(text);
    setText("");
    area.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (
      event.target !== area.current ||
      event.key !== "Enter" ||
      event.shiftKey ||
      composes(event.nativeEvent)
    )
      return;
    event.preventDefault();
    send();
  };
  return (
    <form
      className={styles.field}
      // Not the field's own: that would keep Escape from the dialog.
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TextField
        label={t`Message`}
        value={text}
        onChange={(value) => {
          setText(value);
          onType(value.trim() !== "");
        }}
        rows={2}
        maxLength={MOST}
        areaRef={area}
        autoFocus
        hint={hint}
      />
      <Button type="submit" look="primary" icon="send" isDisabled={text.trim() === ""}>
        <Trans>Send</Trans>
      </Button>
    </form>
  );
}
