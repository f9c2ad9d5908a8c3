import { Trans } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import { FileTrigger } from "react-aria-components";
import { Button } from "./button";
import styles from "./file-picker.module.css";

interface FilePickerProps {
  onPick: (files: File[]) => void;
  children: ReactNode;
}

/** A button that lets files be chosen. */
export function FilePicker({ onPick, children }: FilePickerProps) {
  return (
    <FileTrigger allowsMultiple onSelect={(files) => files && onPick([...files])}>
      <Button look="quiet" icon="attach">
        {children}
      </Button>
    </FileTrigger>
  );
}

/** A place where files are dropped, pasted or chosen; what was chosen stands in it. */
export function FileDrop({ onPick, children }: FilePickerProps) {
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: without a pointer the button within does the same
    <div
      className={styles.zone}
      data-drop-target={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) =>
        !event.currentTarget.contains(event.relatedTarget as Node | null) && setOver(false)
      }
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onPick([...event.dataTransfer.files]);
      }}
    >
      {children}
      <FilePicker onPick={onPick}>
        <Trans>Add files</Trans>
      </FilePicker>
      <p className={styles.words}>
        <Trans>or drop them here. A picture can be pasted into the text.</Trans>
      </p>
    </div>
  );
}
