import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { DropZone, FileTrigger } from "react-aria-components";
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
  return (
    <DropZone
      className={styles.zone ?? ""}
      onDrop={async (event) => {
        const files = await Promise.all(
          event.items.flatMap((item) => (item.kind === "file" ? [item.getFile()] : [])),
        );
        onPick(files);
      }}
    >
      {children}
      <FilePicker onPick={onPick}>
        <Trans>Add files</Trans>
      </FilePicker>
      <p className={styles.words}>
        <Trans>or drop them here. A picture can be pasted into the text.</Trans>
      </p>
    </DropZone>
  );
}
