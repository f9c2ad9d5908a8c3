import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button } from "../ui/button";
import { FormButtons } from "../ui/form";
import { Note } from "../ui/note";
import styles from "./factor.module.css";

/** Shown this once: to be downloaded, copied or written down. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useLingui();
  const [copied, setCopied] = useState(false);
  const text = `${codes.join("\n")}\n`;
  const download = () => {
    const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = "lambdesk-recovery-codes.txt";
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  };
  return (
    <>
      <Note tone="warn" alert>
        <Trans>
          Keep these codes where your phone isn't. Each lets you in once without it. They are not shown again.
        </Trans>
      </Note>
      <ul className={styles.codes} dir="ltr" aria-label={t`Recovery codes`}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <FormButtons>
        <Button look="primary" onPress={download}>
          <Trans>Download the codes</Trans>
        </Button>
        <Button onPress={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
          {copied ? <Trans>Copied</Trans> : <Trans>Copy</Trans>}
        </Button>
        <Button onPress={onDone}>
          <Trans>I have kept them</Trans>
        </Button>
      </FormButtons>
    </>
  );
}
