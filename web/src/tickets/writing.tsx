import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useEffectEvent } from "react";
import { configQuery } from "../api/queries";
import type { Ticket, User } from "../api/types";
import { useAttempt } from "../api/use-attempt";
import { composes } from "../keys/keys";
import { Button } from "../ui/button";
import { TextField } from "../ui/field";
import { FilePicker } from "../ui/file-picker";
import { Failed } from "../ui/states";
import styles from "./composer.module.css";
import { joined, useDraft } from "./drafts";
import { useSay } from "./mutations";
import { claim, hold, useOutgoing } from "./outgoing";
import { ResolveAndNext } from "./resolve-and-next";
import { UploadList } from "./upload-list";
import { type Uploads, useUploads } from "./use-uploads";

interface WritingProps {
  ticket: Ticket;
  reader: User;
  kind: "comment" | "note";
  label: string;
  submit: string;
  hint: ReactNode;
  areaRef?: Ref<HTMLTextAreaElement>;
  /** Called with every change of the text. */
  onWriting?: (text: string) => void;
}

/** A text with files, on its way to being a comment or a note. Each kind has a draft and files of its own. */
export function Writing({ ticket, reader, kind, label, submit, hint, areaRef, onWriting }: WritingProps) {
  const { t } = useLingui();
  const { data: config } = useQuery(configQuery);
  const [text, setText] = useDraft(`${ticket.id}/${kind}`);
  const uploads = useUploads(ticket.id);
  const say = useSay(ticket.id);
  useTakenBack(ticket.id, kind === "comment", (body, files) => {
    if (body !== "") setText(joined(body, text));
    uploads.restore(files);
  });
  const attempt = useAttempt();
  const can = kind === "comment" ? ticket.can.comment : ticket.can.note;
  const ready = can && text.trim() !== "" && !uploads.sending && !say.isPending;

  // What staff say to a client can be taken back for a moment.
  const held = kind === "comment" && reader.role !== "client";
  const depart = (status?: "resolved") => {
    const files = uploads.items.filter((item) => item.id !== null);
    const key = crypto.randomUUID();
    const body = text.trim() === "" ? "" : text;
    hold({ key, ticketId: ticket.id, body, files, at: Date.now(), ...(status ? { status } : {}) });
    setText("");
    uploads.clear();
    return key;
  };

  const send = () => {
    if (!ready) return;
    if (held) {
      depart();
      return;
    }
    const attachments = uploads.ready;
    say.mutate(
      { kind, body: text, attachments, key: attempt.keyFor({ text, attachments }) },
      {
        onSuccess: () => {
          attempt.done();
          setText("");
          uploads.clear();
        },
      },
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || composes(event.nativeEvent)) return;
    event.preventDefault();
    send();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys and files that belong to the field within
    <div
      className={styles.writing}
      onKeyDown={onKeyDown}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        uploads.add([...event.dataTransfer.files]);
      }}
    >
      {hint}
      <TextField
        label={label}
        rows={3}
        value={text}
        onChange={(next) => {
          setText(next);
          onWriting?.(next);
        }}
        {...(areaRef ? { areaRef } : {})}
        isReadOnly={!can}
        maxLength={config?.limits.body ?? 20_000}
        placeholder={kind === "comment" ? t`Write an answer…` : t`Write a note…`}
        onPaste={(event) => {
          const files = [...event.clipboardData.files];
          if (files.length === 0) return;
          event.preventDefault();
          uploads.add(files);
        }}
      />
      <UploadList uploads={uploads} />
      {say.isError && <Failed error={say.error} onRetry={send} />}
      <div className={styles.buttons}>
        {ticket.can.attach && (
          <FilePicker onPick={uploads.add}>
            <Trans>Add files</Trans>
          </FilePicker>
        )}
        {held && text.trim() !== "" && (
          <ResolveAndNext ticket={ticket} isDisabled={!ready} onResolve={() => depart("resolved")} />
        )}
        <Button
          look={kind === "comment" ? "primary" : "plain"}
          icon={kind === "comment" ? "send" : "lock"}
          isDisabled={!ready}
          isPending={say.isPending}
          onPress={send}
        >
          {submit}
        </Button>
      </div>
    </div>
  );
}

/** Hands a comment that was taken back to where it was written. */
function useTakenBack(
  ticketId: string,
  enabled: boolean,
  put: (body: string, files: Uploads["items"]) => void,
): void {
  const items = useOutgoing();
  const back = useEffectEvent(put);
  // biome-ignore lint/correctness/useExhaustiveDependencies: something may have been taken back whenever they change
  useEffect(() => {
    const found = enabled ? claim(ticketId) : null;
    if (found !== null) back(found.body, found.files);
  }, [items, ticketId, enabled]);
}
