import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { KeptMail } from "../api/types";
import { Button } from "../ui/button";
import { RadioGroup } from "../ui/choice";
import { TextField } from "../ui/field";
import { Form, FormButtons } from "../ui/form";
import { Failed, Skeleton } from "../ui/states";
import { Time } from "../ui/time";
import { toast } from "../ui/toast";
import { UserText } from "../ui/user-text";
import styles from "./mail.module.css";
import { type As, FIELDS, keptMailQuery, useDecide } from "./queries";

/** The mail's whole text, and what is to become of it. */
export function Decide({ mail, onDone }: { mail: KeptMail; onDone: () => void }) {
  const { t } = useLingui();
  const whole = useQuery(keptMailQuery(mail.id));
  const readable = mail.text !== null;
  const [as, setAs] = useState<As>(readable ? "ticket" : "nothing");
  const decide = useDecide(mail.id);
  const submit = (form: FormData) => {
    const said = (name: string) => String(form.get(name) ?? "").trim();
    decide.mutate(
      { as, number: said("number"), author: said("author") },
      {
        onSuccess: () => {
          const texts = {
            comment: t`It is a comment now.`,
            ticket: t`It is a ticket now.`,
            nothing: t`Nothing becomes of it.`,
          };
          toast({ text: texts[as], icon: "check" });
          onDone();
        },
      },
    );
  };
  const ways: { id: As; label: string; hint: string }[] = [
    { id: "ticket", label: t`A ticket`, hint: t`Filed for whoever is named below.` },
    { id: "comment", label: t`A comment`, hint: t`On a ticket that is there.` },
    { id: "nothing", label: t`Nothing`, hint: t`It leaves the list.` },
  ];
  return (
    <>
      <p className={styles.facts}>
        <bdi>{mail.from || t`No sender`}</bdi>
        {" · "}
        <Time at={mail.at} />
      </p>
      {whole.isPending && <Skeleton lines={4} />}
      {whole.isError && <Failed error={whole.error} onRetry={() => void whole.refetch()} />}
      {whole.data && (
        <section className={styles.whole} aria-label={t`Text of the mail`}>
          {whole.data.text === null ? (
            <Trans>Its text can't be read.</Trans>
          ) : (
            <UserText text={whole.data.text} />
          )}
        </section>
      )}
      <Form onSubmit={submit} error={decide.error} fields={FIELDS} label={t`What becomes of it`}>
        <RadioGroup
          label={t`What becomes of it`}
          options={readable ? ways : ways.filter(({ id }) => id === "nothing")}
          value={as}
          onChange={setAs}
        />
        {as === "comment" && (
          <TextField label={t`Number of the ticket`} name="number" isRequired maxLength={20} />
        )}
        {as !== "nothing" && (
          <TextField
            label={t`In whose name`}
            name="author"
            type="email"
            maxLength={254}
            hint={t`The e-mail address of an account. Left empty: yours. Who the mail says it is from may be made up.`}
          />
        )}
        <FormButtons>
          <Button type="submit" look="primary" isPending={decide.isPending}>
            <Trans>Do it</Trans>
          </Button>
        </FormButtons>
      </Form>
    </>
  );
}
