import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { configQuery } from "../api/queries";
import type { Priority } from "../api/types";
import { useAttempt } from "../api/use-attempt";
import { Button, ButtonLink } from "../ui/button";
import { RadioGroup } from "../ui/choice";
import { TextField } from "../ui/field";
import { FileDrop } from "../ui/file-picker";
import { Form, FormButtons } from "../ui/form";
import { Card, Page } from "../ui/page";
import { toast } from "../ui/toast";
import { useDraft } from "./drafts";
import { useCreateTicket } from "./mutations";
import { ChosenFiles } from "./upload-list";
import { send } from "./uploads";
import { PRIORITY_HINTS, PRIORITY_WORDS } from "./words";

const FIELDS = ["title", "description", "priority"];
const ORDER: readonly Priority[] = ["low", "medium", "high", "urgent"];

export function NewPage() {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const { data: config } = useQuery(configQuery);
  const [title, setTitle] = useDraft("new/title");
  const [description, setDescription] = useDraft("new/description");
  const [priority, setPriority] = useState<Priority>("medium");
  const [files, setFiles] = useState<File[]>([]);
  const [sending, setSending] = useState(false);
  const create = useCreateTicket();
  const attempt = useAttempt();

  const submit = () => {
    const body = { title, description, priority };
    create.mutate(
      { body, key: attempt.keyFor(body) },
      {
        onSuccess: async (ticket) => {
          setTitle("");
          setDescription("");
          setSending(true);
          const failed = await sendAll(ticket.id, files);
          if (failed.length > 0) {
            const names = failed.join(", ");
            toast({
              text: t`Filed, but not with these files: ${names}. Add them once more.`,
              tone: "bad",
              stays: 0,
            });
          }
          await navigate({ to: "/tickets/$ticketId", params: { ticketId: ticket.id } });
        },
      },
    );
  };
  const largest = config?.limits.attachment_bytes ?? Number.POSITIVE_INFINITY;
  return (
    <Page title={t`New ticket`} width="narrow">
      <Card>
        <Form onSubmit={submit} error={create.error} fields={FIELDS}>
          <TextField
            label={t`Title`}
            name="title"
            value={title}
            onChange={setTitle}
            isRequired
            autoFocus
            maxLength={config?.limits.title ?? 200}
            hint={t`In a few words: what is it about?`}
          />
          <TextField
            label={t`Description`}
            name="description"
            rows={7}
            value={description}
            onChange={setDescription}
            isRequired
            maxLength={config?.limits.body ?? 20_000}
            hint={t`What did you do, what happened, what should have happened?`}
            onPaste={(event) => {
              const pasted = [...event.clipboardData.files];
              if (pasted.length === 0) return;
              event.preventDefault();
              setFiles((before) => [...before, ...pasted]);
            }}
          />
          <RadioGroup
            label={t`Priority`}
            name="priority"
            value={priority}
            onChange={setPriority}
            options={ORDER.map((id) => ({
              id,
              label: i18n._(PRIORITY_WORDS[id]),
              hint: i18n._(PRIORITY_HINTS[id]),
            }))}
          />
          <FileDrop onPick={(picked) => setFiles((before) => [...before, ...picked])}>
            <ChosenFiles
              files={files}
              largest={largest}
              onRemove={(file) => setFiles((before) => before.filter((each) => each !== file))}
            />
          </FileDrop>
          <FormButtons>
            <ButtonLink to="/tickets" look="quiet">
              <Trans>Not now</Trans>
            </ButtonLink>
            <Button
              type="submit"
              look="primary"
              icon="send"
              isPending={create.isPending || sending}
              isDisabled={files.some((file) => file.size === 0 || file.size > largest)}
            >
              <Trans>Create ticket</Trans>
            </Button>
          </FormButtons>
        </Form>
      </Card>
    </Page>
  );
}

/** Sends the files, one after the other; answers the names of those that weren't sent. */
async function sendAll(ticketId: string, files: File[]): Promise<string[]> {
  const failed: string[] = [];
  for (const file of files) {
    try {
      const signal = AbortSignal.timeout(120_000);
      await send(ticketId, file, { hold: false, signal, onProgress: () => undefined });
    } catch {
      failed.push(file.name);
    }
  }
  return failed;
}
