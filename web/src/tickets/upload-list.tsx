import { Trans, useLingui } from "@lingui/react/macro";
import { asProblem } from "../api/problem";
import { useFormats } from "../i18n/format";
import { IconButton } from "../ui/button";
import { Icon } from "../ui/icon";
import styles from "./attachments.module.css";
import type { Upload, Uploads } from "./use-uploads";

/** The files that go with what is being written, each with its way so far. */
export function UploadList({ uploads }: { uploads: Uploads }) {
  const { t } = useLingui();
  if (uploads.items.length === 0) return null;
  return (
    <ul className={styles.queue} aria-label={t`Files that go with it`}>
      {uploads.items.map((item) => (
        <li key={item.key} className={styles.queued}>
          <Icon name="attach" size={16} />
          <bdi>{item.name}</bdi>
          <State upload={item} />
          {item.state === "failed" && item.size > 0 && asProblem(item.error).status !== 413 && (
            <IconButton
              icon="refresh"
              label={t`Send ${item.name} again`}
              onPress={() => uploads.again(item.key)}
            />
          )}
          <IconButton icon="close" label={t`Remove ${item.name}`} onPress={() => uploads.remove(item.key)} />
        </li>
      ))}
    </ul>
  );
}

function State({ upload }: { upload: Upload }) {
  const { t } = useLingui();
  const formats = useFormats();
  if (upload.state === "ready") return <span className={styles.size}>{formats.size(upload.size)}</span>;
  if (upload.state === "sending")
    return <progress value={upload.progress} aria-label={t`Sending ${upload.name}`} />;
  return (
    <span role="alert" className={styles.failed}>
      {upload.size === 0 ? (
        <Trans>is empty</Trans>
      ) : asProblem(upload.error).status === 413 ? (
        <Trans>is too large</Trans>
      ) : (
        <Trans>wasn't sent</Trans>
      )}
    </span>
  );
}

interface ChosenProps {
  files: File[];
  largest: number;
  onRemove: (file: File) => void;
}

/** Files that will go with a ticket once it is there. */
export function ChosenFiles({ files, largest, onRemove }: ChosenProps) {
  const { t } = useLingui();
  const formats = useFormats();
  if (files.length === 0) return null;
  return (
    <ul className={styles.queue} aria-label={t`Files that go with it`}>
      {files.map((file) => (
        <li key={`${file.name}/${file.size}/${file.lastModified}`} className={styles.queued}>
          <Icon name="attach" size={16} />
          <bdi>{file.name}</bdi>
          {file.size > 0 && file.size <= largest ? (
            <span className={styles.size}>{formats.size(file.size)}</span>
          ) : (
            <span role="alert" className={styles.failed}>
              {file.size === 0 ? <Trans>is empty</Trans> : <Trans>is too large</Trans>}
            </span>
          )}
          <IconButton icon="close" label={t`Remove ${file.name}`} onPress={() => onRemove(file)} />
        </li>
      ))}
    </ul>
  );
}
