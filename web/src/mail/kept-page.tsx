import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { KeptMail } from "../api/types";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { List } from "../ui/list";
import { Dialog } from "../ui/overlay";
import { Page } from "../ui/page";
import { Select } from "../ui/select";
import { Empty } from "../ui/states";
import { Time } from "../ui/time";
import { Decide } from "./decide";
import styles from "./mail.module.css";
import { keptQuery } from "./queries";
import { REASON_WORDS, REASONS } from "./words";

const route = getRouteApi("/inside/mail");
const ALL = "all";

/** Mail that nobody could be given: somebody may wait for an answer to it. */
export function KeptPage() {
  const { t, i18n } = useLingui();
  const asked = route.useSearch().reason;
  const reason = REASONS.find((each) => each === asked);
  const navigate = route.useNavigate();
  const mails = useInfiniteQuery(keptQuery(reason));
  const [open, setOpen] = useState<KeptMail | null>(null);
  return (
    <Page title={t`Kept mail`}>
      <p>
        <Trans>
          Mail that became neither a comment nor a ticket. Decide what becomes of it; what nobody decides
          about goes after 90 days.
        </Trans>
      </p>
      <div className={styles.bar}>
        <Select
          label={t`Reason`}
          options={[
            { id: ALL, label: t`All reasons` },
            ...REASONS.map((id) => ({ id, label: i18n._(REASON_WORDS[id]) })),
          ]}
          value={reason ?? ALL}
          onChange={(id) => {
            const chosen = REASONS.find((each) => each === id);
            void navigate({ search: chosen === undefined ? {} : { reason: chosen }, replace: true });
          }}
        />
      </div>
      <List
        query={mails}
        label={t`Kept mail`}
        row={(mail) => <Row key={mail.id} mail={mail} onOpen={() => setOpen(mail)} />}
        empty={
          <Empty icon="mail" title={t`No kept mail`}>
            <p>
              <Trans>Everything that came in became a comment or a ticket.</Trans>
            </p>
          </Empty>
        }
      />
      <Dialog
        title={<bdi>{open?.subject || t`No subject`}</bdi>}
        isOpen={open !== null}
        onClose={() => setOpen(null)}
      >
        {open !== null && <Decide key={open.id} mail={open} onDone={() => setOpen(null)} />}
      </Dialog>
    </Page>
  );
}

function Row({ mail, onOpen }: { mail: KeptMail; onOpen: () => void }) {
  const { t, i18n } = useLingui();
  const subject = mail.subject || t`No subject`;
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <p className={styles.name}>
          <bdi>{subject}</bdi>
          <Badge tone="warn">{i18n._(REASON_WORDS[mail.reason])}</Badge>
        </p>
        <p className={styles.facts}>
          <bdi>{mail.from || t`No sender`}</bdi>
          {" · "}
          <Time at={mail.at} />
        </p>
        <p className={styles.text} dir="auto">
          {mail.text ?? <Trans>Its text can't be read.</Trans>}
        </p>
      </div>
      <Button small onPress={onOpen} aria-label={t`Decide about ${subject}`}>
        <Trans>Decide</Trans>
      </Button>
    </li>
  );
}
