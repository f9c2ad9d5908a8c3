import { useLingui } from "@lingui/react/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import type { Ticket } from "../api/types";
import { useFormats } from "../i18n/format";
import { Button } from "../ui/button";

const ChatBox = lazy(() => import("./chatbox").then((loaded) => ({ default: loaded.ChatBox })));

/** Opens the ticket's chat, and says how much is new in it. Whether it is open stands in the address: `?chat=1`, `?with=`. */
export function ChatButton({ ticket }: { ticket: Ticket }) {
  const { t } = useLingui();
  const formats = useFormats();
  const navigate = useNavigate();
  const search = useSearch({ from: "/inside/tickets/$ticketId" });
  const privately = ticket.unread.private.reduce((sum, each) => sum + each.count, 0);
  const unread = Math.min(100, ticket.unread.chat + privately);
  const count = formats.count(unread);
  const show = (chat: { chat?: 1; with?: string }) =>
    void navigate({
      to: "/tickets/$ticketId",
      params: { ticketId: ticket.id },
      search: chat,
      // A conversation chosen in an open chat is no page of its own to go back to.
      replace: search.chat !== undefined && chat.chat !== undefined,
      resetScroll: false,
    });
  return (
    <>
      <Button icon="chat" onPress={() => show({ chat: 1 })}>
        {unread > 0 ? t`Chat, ${count} new` : t`Chat`}
      </Button>
      {search.chat !== undefined && (
        <Suspense>
          <ChatBox
            ticket={ticket}
            withId={search.with ?? null}
            onChoose={(id) => show(id === null ? { chat: 1 } : { chat: 1, with: id })}
            onClose={() => show({})}
          />
        </Suspense>
      )}
    </>
  );
}
