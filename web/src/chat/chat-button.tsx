import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import type { Ticket } from "../api/types";
import { useFormats } from "../i18n/format";
import { Button } from "../ui/button";

/** Opens the ticket's chat, and says how much is new in it. */
export function ChatButton({ ticket }: { ticket: Ticket }) {
  const { t } = useLingui();
  const formats = useFormats();
  const navigate = useNavigate();
  const privately = ticket.unread.private.reduce((sum, each) => sum + each.count, 0);
  const unread = Math.min(100, ticket.unread.chat + privately);
  const open = () =>
    void navigate({
      to: "/tickets/$ticketId",
      params: { ticketId: ticket.id },
      search: { chat: 1 as const },
    });
  const count = formats.count(unread);
  return (
    <Button icon="chat" onPress={open}>
      {unread > 0 ? t`Chat, ${count} new` : t`Chat`}
    </Button>
  );
}
