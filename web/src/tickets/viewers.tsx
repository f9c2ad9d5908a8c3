import { Trans } from "@lingui/react/macro";
import { Icon } from "../ui/icon";
import styles from "./properties.module.css";
import type { Viewer } from "./use-viewing";

/** Who else has the ticket open now. The place is there from the beginning, so that readers of the screen hear of it. */
export function Viewers({ viewers }: { viewers: Viewer[] }) {
  return (
    <div role="status" className={styles.viewers}>
      {viewers.map((viewer) => (
        <span key={viewer.id} className={styles.viewer}>
          <Icon name={viewer.writing === null ? "eye" : "edit"} size={18} />
          <span>
            <Doing viewer={viewer} />
          </span>
        </span>
      ))}
    </div>
  );
}

function Doing({ viewer }: { viewer: Viewer }) {
  const who = <bdi>{viewer.name}</bdi>;
  if (viewer.writing === "comment") return <Trans>{who} is writing to the client</Trans>;
  if (viewer.writing === "note") return <Trans>{who} is writing a note</Trans>;
  return <Trans>{who} is looking at this, too</Trans>;
}
