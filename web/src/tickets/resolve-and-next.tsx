import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import type { Ticket } from "../api/types";
import { Button } from "../ui/button";
import { toast } from "../ui/toast";
import { useGoNext } from "./next-button";
import { HOLD, takeBack } from "./outgoing";

interface Props {
  ticket: Ticket;
  isDisabled: boolean;
  /** Puts what was written on its way; answers the key by which it is taken back. */
  onResolve: () => string;
}

/** Says what was written, resolves the ticket and goes on to the next one: all of it can be undone for a moment. */
export function ResolveAndNext({ ticket, isDisabled, onResolve }: Props) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { goNext, isPending } = useGoNext();
  if (ticket.status !== "in_progress" || !ticket.can.status.includes("resolved")) return null;
  const act = () => {
    const key = onResolve();
    const number = String(ticket.number);
    toast({
      text: t`#${number} is resolved`,
      icon: "check",
      stays: HOLD,
      action: {
        label: t`Undo`,
        onPress: () => {
          takeBack(key);
          void navigate({ to: "/tickets/$ticketId", params: { ticketId: ticket.id } });
        },
      },
    });
    void goNext(ticket.id);
  };
  return (
    <Button icon="check" isDisabled={isDisabled} isPending={isPending} onPress={act}>
      <Trans>Resolve and next</Trans>
    </Button>
  );
}
