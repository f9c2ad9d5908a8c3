import { Trans } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { Ticket } from "../api/types";
import { Button } from "../ui/button";

const WordsDialog = lazy(() => import("./words-dialog").then((loaded) => ({ default: loaded.WordsDialog })));

/** Opens title and description for whoever may still change them. */
export function EditWords({ ticket }: { ticket: Ticket }) {
  const [isOpen, setOpen] = useState(false);
  if (!ticket.can.title && !ticket.can.description && !isOpen) return null;
  return (
    <>
      <Button icon="edit" look="quiet" onPress={() => setOpen(true)}>
        <Trans>Edit</Trans>
      </Button>
      {isOpen && (
        <Suspense>
          <WordsDialog ticket={ticket} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
