import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { Status, Ticket } from "../api/types";
import { Button } from "../ui/button";
import type { IconName } from "../ui/icon";
import { Failed } from "../ui/states";
import { useChangeTicket } from "./mutations";
import styles from "./ticket-page.module.css";

interface Move {
  from: Status;
  to: Status;
  label: MessageDescriptor;
  icon: IconName;
  primary?: boolean;
}

/** The moves of the lifecycle, by the name of their button (contract §4). Those of `can.status` are shown. */
const MOVES: readonly Move[] = [
  { from: "open", to: "in_progress", label: msg`Start`, icon: "next", primary: true },
  { from: "in_progress", to: "resolved", label: msg`Resolve`, icon: "check", primary: true },
  { from: "in_progress", to: "open", label: msg`Hand back`, icon: "back" },
  { from: "resolved", to: "in_progress", label: msg`Reopen`, icon: "refresh" },
  { from: "resolved", to: "closed", label: msg`Close`, icon: "check" },
];

/** A button for each move that the reader may make now; it acts at once. */
export function Moves({ ticket }: { ticket: Ticket }) {
  const { i18n } = useLingui();
  const change = useChangeTicket(ticket.id);
  const possible = MOVES.filter((move) => move.from === ticket.status && ticket.can.status.includes(move.to));
  return (
    <>
      {possible.map((move) => (
        <Button
          key={move.to}
          look={move.primary ? "primary" : "plain"}
          icon={move.icon}
          isPending={change.isPending && change.variables.change.status === move.to}
          isDisabled={change.isPending && change.variables.change.status !== move.to}
          onPress={() => change.mutate({ change: { status: move.to } })}
        >
          {i18n._(move.label)}
        </Button>
      ))}
      {change.isError && (
        <div className={styles.moveFailed}>
          <Failed error={change.error} />
        </div>
      )}
    </>
  );
}
