import { useLingui } from "@lingui/react/macro";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { type NavigateOptions, useNavigate } from "@tanstack/react-router";
import { useDeferredValue, useState } from "react";
import type { User } from "../api/types";
import { asFilters } from "../tickets/filters";
import { useGoNext } from "../tickets/next-button";
import { ticketsQuery } from "../tickets/queries";
import { CommandMenu } from "../ui/command-menu";
import type { IconName } from "../ui/icon";
import { showKeys } from "./dialogs";

interface Command {
  id: string;
  label: string;
  icon: IconName;
  act: () => void;
}

/** Any page and any ticket by a few letters. */
export function Palette({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const commands = useCommands(user).filter(({ label }) =>
    label.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase()),
  );
  const tickets = useFound(text);
  const open = (id: string) => {
    onClose();
    const command = [...commands, ...tickets].find((each) => each.id === id);
    command?.act();
  };
  return (
    <CommandMenu
      label={t`Go anywhere`}
      placeholder={t`A page, a ticket's number, or some of its words`}
      text={text}
      onText={setText}
      sections={[
        { id: "pages", label: t`Pages and actions`, items: commands },
        { id: "tickets", label: t`Tickets`, items: tickets },
      ]}
      nothing={t`Nothing found`}
      onChoose={open}
      onClose={onClose}
    />
  );
}

function useCommands(user: User): Command[] {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { goNext } = useGoNext();
  const to = (options: NavigateOptions) => () => void navigate(options);
  const staff = user.role !== "client";
  return [
    ...(user.role === "agent"
      ? [{ id: "next", label: t`Next ticket`, icon: "next" as const, act: () => void goNext() }]
      : []),
    ...(staff
      ? [
          { id: "queue", label: t`Queue`, icon: "inbox" as const, act: to({ to: "/queue" }) },
          { id: "team", label: t`Team`, icon: "people" as const, act: to({ to: "/team" }) },
        ]
      : []),
    ...(user.role === "admin"
      ? [
          { id: "figures", label: t`Figures`, icon: "chart" as const, act: to({ to: "/figures" }) },
          { id: "users", label: t`People`, icon: "person" as const, act: to({ to: "/users" }) },
          { id: "reports", label: t`Reports`, icon: "report" as const, act: to({ to: "/reports" }) },
        ]
      : []),
    { id: "tickets", label: t`Tickets`, icon: "ticket", act: to({ to: "/tickets" }) },
    { id: "new", label: t`New ticket`, icon: "plus", act: to({ to: "/tickets/new" }) },
    { id: "notifications", label: t`Notifications`, icon: "bell", act: to({ to: "/notifications" }) },
    { id: "profile", label: t`Profile`, icon: "person", act: to({ to: "/profile" }) },
    { id: "keys", label: t`Keyboard shortcuts`, icon: "keyboard", act: () => showKeys("help") },
  ];
}

const FEW = 7;

/** Tickets of this number or with these words; none for nothing. */
function useFound(text: string): Command[] {
  const navigate = useNavigate();
  const asked = useDeferredValue(text.trim());
  const found = useInfiniteQuery({
    ...ticketsQuery(asFilters({ q: asked })),
    enabled: asked.length > 1 || /^\d$/.test(asked),
    placeholderData: keepPreviousData,
  });
  if (asked === "") return [];
  const tickets = found.data?.pages.flatMap((page) => page.items).slice(0, FEW) ?? [];
  return tickets.map(({ id, number, title }) => ({
    id,
    label: `#${number} ${title}`,
    icon: "ticket",
    act: () => void navigate({ to: "/tickets/$ticketId", params: { ticketId: id } }),
  }));
}
