import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { configQuery } from "../api/queries";
import type { Ticket, TicketChange } from "../api/types";
import { Button } from "../ui/button";
import { TextField } from "../ui/field";
import { Form, FormButtons } from "../ui/form";
import { Dialog } from "../ui/overlay";
import { ConflictNote } from "./conflict-note";
import { useProperty } from "./use-property";

/** Title and description, to be changed and saved together. */
export function WordsDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useLingui();
  const { data: config } = useQuery(configQuery);
  const [title, setTitle] = useState(ticket.title);
  const [description, setDescription] = useState(ticket.description);
  // What was typed is judged against the ticket as it was when one began to type.
  const [was] = useState(ticket);
  const { set, isPending, conflict, problem, drop } = useProperty(was, true);
  const change: TicketChange = {
    ...(title === was.title ? {} : { title }),
    ...(description === was.description ? {} : { description }),
  };
  const save = (seen: Ticket) => {
    if (Object.keys(change).length === 0) onClose();
    else set(change, onClose, seen);
  };
  return (
    <Dialog title={t`Edit the ticket`} isOpen onClose={onClose}>
      <Form onSubmit={() => save(was)} error={problem} fields={["title", "description"]}>
        {conflict && (
          <ConflictNote
            was={conflict.was}
            now={ticket}
            onAgain={() => save(ticket)}
            onDrop={() => {
              drop();
              onClose();
            }}
          />
        )}
        <TextField
          label={t`Title`}
          name="title"
          value={title}
          onChange={setTitle}
          isRequired
          isReadOnly={!ticket.can.title}
          maxLength={config?.limits.title ?? 200}
        />
        <TextField
          label={t`Description`}
          name="description"
          rows={8}
          value={description}
          onChange={setDescription}
          isRequired
          isReadOnly={!ticket.can.description}
          maxLength={config?.limits.body ?? 20_000}
        />
        <FormButtons>
          <Button look="quiet" onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" look="primary" isPending={isPending}>
            <Trans>Save</Trans>
          </Button>
        </FormButtons>
      </Form>
    </Dialog>
  );
}
