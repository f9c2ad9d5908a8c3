import { Trans, useLingui } from "@lingui/react/macro";
import { useRef, useState } from "react";
import type { Ticket, User } from "../api/types";
import { useKey } from "../keys/keys";
import { Hidden } from "../ui/badge";
import { Icon } from "../ui/icon";
import { Note } from "../ui/note";
import { Tabs } from "../ui/tabs";
import styles from "./composer.module.css";
import { draftKey } from "./drafts";
import type { Wrote } from "./use-viewing";
import { Writing } from "./writing";

type Mode = "comment" | "note";

/** Two ways to write that nobody confuses: what the other side reads, and what stays on one's own. */
export function Composer({ ticket, reader, wrote }: { ticket: Ticket; reader: User; wrote: Wrote }) {
  const { t } = useLingui();
  const [mode, setMode] = useState<Mode>("comment");
  const comment = useRef<HTMLTextAreaElement>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  const write = (what: Mode) => {
    setMode(what);
    // Once it is shown.
    setTimeout(() => (what === "comment" ? comment : note).current?.focus(), 0);
  };
  useKey("r", () => write("comment"), { enabled: ticket.can.comment });
  useKey("m", () => write("note"), { enabled: ticket.can.note });
  if (!ticket.can.comment && !ticket.can.note) {
    return (
      <Note icon="lock">
        <Trans>Nothing can be written here any more.</Trans>
      </Note>
    );
  }
  const staff = reader.role !== "client";
  const other = <bdi>{ticket.client_name}</bdi>;
  return (
    <div className={`${styles.composer} ${mode === "note" ? styles.noting : ""}`}>
      <Tabs<Mode>
        label={t`What to write`}
        selected={mode}
        onSelect={setMode}
        tabs={[
          {
            id: "comment",
            label: <Trans>Comment</Trans>,
            panel: (
              <Writing
                key={draftKey(`${ticket.id}/comment`)}
                ticket={ticket}
                reader={reader}
                kind="comment"
                areaRef={comment}
                onWriting={(text) => wrote(text === "" ? null : "comment")}
                label={t`Comment`}
                submit={t`Send comment`}
                hint={
                  <span className={styles.hint}>
                    <Icon name="people" size={16} />
                    <span>
                      {staff ? (
                        <Trans>{other} sees this, and gets it by mail</Trans>
                      ) : (
                        <Trans>The help desk sees this</Trans>
                      )}
                    </span>
                  </span>
                }
              />
            ),
          },
          {
            id: "note",
            label: (
              <>
                <Icon name="lock" size={16} />
                <Trans>Note</Trans>
              </>
            ),
            panel: (
              <Writing
                key={draftKey(`${ticket.id}/note`)}
                ticket={ticket}
                reader={reader}
                kind="note"
                areaRef={note}
                onWriting={(text) => wrote(text === "" ? null : "note")}
                label={t`Note`}
                submit={t`Save note`}
                hint={
                  <span className={styles.hint}>
                    <Icon name="lock" size={16} />
                    <span>
                      {staff ? (
                        <Trans>Only staff see this, never {other}</Trans>
                      ) : (
                        <Trans>Only you see this</Trans>
                      )}
                    </span>
                  </span>
                }
              />
            ),
          },
        ]}
      />
      <Hidden>
        <Trans>Ctrl and Enter send it.</Trans>
      </Hidden>
    </div>
  );
}
