import { useLingui } from "@lingui/react/macro";
import type { Priority, Status, Unread } from "../api/types";
import { useFormats } from "../i18n/format";
import { Badge, CountMark } from "../ui/badge";
import { Icon, type IconName } from "../ui/icon";
import { PRIORITY_TONES, PRIORITY_WORDS, STATUS_TONES, STATUS_WORDS } from "./words";

export function StatusMark({ status }: { status: Status }) {
  const { i18n } = useLingui();
  return <Badge tone={STATUS_TONES[status]}>{i18n._(STATUS_WORDS[status])}</Badge>;
}

const STATUS_ICONS: Record<Status, IconName> = {
  open: "inbox",
  in_progress: "clock",
  resolved: "check",
  closed: "lock",
};

/** A status where its word would be too much: a picture with the word as its name. */
export function StatusIcon({ status }: { status: Status }) {
  const { i18n } = useLingui();
  const word = i18n._(STATUS_WORDS[status]);
  return (
    <span role="img" aria-label={word} title={word}>
      <Icon name={STATUS_ICONS[status]} size={16} />
    </span>
  );
}

export function PriorityMark({ priority }: { priority: Priority }) {
  const { i18n } = useLingui();
  return <Badge tone={PRIORITY_TONES[priority]}>{i18n._(PRIORITY_WORDS[priority])}</Badge>;
}

/** How much of a ticket is new to the reader, chat and comments together. */
export function unreadOf(unread: Unread | undefined): number {
  if (unread === undefined) return 0;
  const privately = unread.private.reduce((sum, each) => sum + each.count, 0);
  return Math.min(100, unread.comments + unread.chat + privately);
}

export function UnreadMark({ unread }: { unread: Unread | undefined }) {
  const { t } = useLingui();
  const formats = useFormats();
  const count = unreadOf(unread);
  if (count === 0) return null;
  const shown = formats.count(count);
  return <CountMark count={shown} label={t`${shown} new`} />;
}
