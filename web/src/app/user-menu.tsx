import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import * as session from "../api/session";
import type { User } from "../api/types";
import { showKeys } from "../keys/dialogs";
import { flush } from "../tickets/outgoing";
import { Avatar } from "../ui/badge";
import { Menu, MenuButton } from "../ui/menu";
import { PLACES } from "./navigation";
import styles from "./shell.module.css";

/** The button with the user's name, and what concerns their account. */
export function UserMenu({ user }: { user: User }) {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  return (
    <Menu
      label={t`Account`}
      trigger={(props) => (
        <MenuButton {...props} label={user.name}>
          <Avatar name={user.name} id={user.id} />
          <span className={styles.userName}>
            <bdi>{user.name}</bdi>
          </span>
        </MenuButton>
      )}
      entries={[
        // What the bar of a phone has no room for.
        ...PLACES.filter((place) => !place.phone && place.roles.includes(user.role)).map((place) => ({
          id: place.to,
          label: i18n._(place.label),
          icon: place.icon,
          onAction: () => void navigate({ to: place.to }),
        })),
        {
          id: "profile",
          apart: user.role === "admin",
          label: t`Profile`,
          icon: "person",
          onAction: () => void navigate({ to: "/profile" }),
        },
        {
          id: "keys",
          label: t`Keyboard shortcuts`,
          icon: "keyboard",
          onAction: () => showKeys("help"),
        },
        {
          id: "out",
          label: t`Sign out`,
          icon: "signOut",
          apart: true,
          // What is still held goes first: with the session it would be lost.
          onAction: () => void flush().finally(() => session.signOut()),
        },
      ]}
    />
  );
}
