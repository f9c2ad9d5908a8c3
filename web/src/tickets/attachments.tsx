import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import type { Attachment } from "../api/types";
import { useFormats } from "../i18n/format";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { toast } from "../ui/toast";
import styles from "./attachments.module.css";
import { ticketKeys } from "./queries";

/** Pictures that browsers show in place; anything else is opened or saved. */
const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
const IN_PLACE = new Set([...PICTURES, "application/pdf"]);

/** Milliseconds for which an address of the store is used: it is good for five minutes. */
const GOOD = 4 * 60_000;

function address(ticketId: string, file: Attachment, signal?: AbortSignal) {
  return ok(
    api.GET("/tickets/{ticket_id}/attachments/{attachment_id}", {
      params: {
        path: { ticket_id: ticketId, attachment_id: file.id },
        query: IN_PLACE.has(file.content_type) ? { inline: true } : {},
      },
      ...(signal ? { signal } : {}),
    }),
  );
}

export function Attachments({ ticketId, files }: { ticketId: string; files: Attachment[] }) {
  const { t } = useLingui();
  return (
    <ul className={styles.files} aria-label={t`Files`}>
      {files.map((file) => (
        <li key={file.id}>
          <File ticketId={ticketId} file={file} />
        </li>
      ))}
    </ul>
  );
}

function File({ ticketId, file }: { ticketId: string; file: Attachment }) {
  const { t } = useLingui();
  const formats = useFormats();
  const open = async () => {
    // Opened before the address is known: later a browser takes it for a pop-up.
    const tab = IN_PLACE.has(file.content_type) ? globalThis.open("about:blank", "_blank") : null;
    try {
      const { url } = await address(ticketId, file);
      if (tab === null) globalThis.location.assign(url);
      else {
        tab.opener = null;
        tab.location.replace(url);
      }
    } catch {
      tab?.close();
      toast({ text: t`The file can't be opened now.`, tone: "bad", icon: "alert" });
    }
  };
  if (file.status === "pending") {
    return (
      <span className={styles.file}>
        <Icon name="attach" size={18} />
        <bdi>{file.filename}</bdi>
        <span className={styles.size}>
          <Trans>on its way</Trans>
        </span>
      </span>
    );
  }
  return (
    <>
      {PICTURES.has(file.content_type) && (
        <Picture ticketId={ticketId} file={file} onOpen={() => void open()} />
      )}
      <Button small look="quiet" icon="attach" onPress={() => void open()}>
        <bdi>{file.filename}</bdi> <span className={styles.size}>{formats.size(file.size)}</span>
      </Button>
    </>
  );
}

function Picture({ ticketId, file, onOpen }: { ticketId: string; file: Attachment; onOpen: () => void }) {
  const { t } = useLingui();
  const { data } = useQuery({
    queryKey: [...ticketKeys.one(ticketId), "file", file.id],
    queryFn: ({ signal }) => address(ticketId, file, signal),
    staleTime: GOOD,
    refetchOnWindowFocus: false,
  });
  if (data === undefined) return <span className={styles.frame} />;
  return (
    <button type="button" className={styles.picture} onClick={onOpen} aria-label={t`Open ${file.filename}`}>
      <img src={data.url} alt={file.filename} loading="lazy" />
    </button>
  );
}
