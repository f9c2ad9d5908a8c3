import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { User } from "../api/types";
import { Button } from "../ui/button";
import { List } from "../ui/list";
import { Dialog } from "../ui/overlay";
import { Page } from "../ui/page";
import { SearchField } from "../ui/search-field";
import { Select } from "../ui/select";
import { Empty } from "../ui/states";
import { Deactivate, EditUser } from "./edit-user";
import { Invite } from "./invite";
import styles from "./people.module.css";
import { UserRow } from "./user-row";
import { type UserSearch, usersQuery } from "./users";
import { ROLE_WORDS, ROLES } from "./words";

const route = getRouteApi("/inside/users");
const ALL = "all";

type Open = { what: "invite" } | { what: "edit" | "deactivate"; user: User };

/** Everybody who has an account: found, invited, changed, deactivated. */
export function UsersPage() {
  const { t, i18n } = useLingui();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const show = (next: UserSearch) => void navigate({ search: next, replace: true });
  const users = useInfiniteQuery(usersQuery(search));
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const { role, active, ...others } = search;
  const states = [
    { id: ALL, label: t`Active or not` },
    { id: "true", label: t`Active` },
    { id: "false", label: t`Deactivated` },
  ];
  const titles = { invite: t`Invite somebody`, edit: t`Change an account`, deactivate: t`Deactivate` };
  const name = open !== null && "user" in open ? open.user.name : "";
  return (
    <Page
      title={t`People`}
      actions={
        <Button look="primary" icon="plus" onPress={() => setOpen({ what: "invite" })}>
          <Trans>Invite somebody</Trans>
        </Button>
      }
    >
      <search className={styles.bar}>
        <SearchUsers search={search} onChange={show} />
        <Select
          label={t`Role`}
          quietLabel
          options={[
            { id: ALL, label: t`All roles` },
            ...ROLES.map((id) => ({ id, label: i18n._(ROLE_WORDS[id]) })),
          ]}
          value={role ?? ALL}
          onChange={(id) => {
            const chosen = ROLES.find((each) => each === id);
            const { role: _, ...rest } = search;
            show(chosen === undefined ? rest : { ...rest, role: chosen });
          }}
        />
        <Select
          label={t`State`}
          quietLabel
          options={states}
          value={active === undefined ? ALL : String(active)}
          onChange={(id) => {
            const rest = { ...others, ...(role === undefined ? {} : { role }) };
            show(id === ALL ? rest : { ...rest, active: id === "true" });
          }}
        />
      </search>
      <List
        query={users}
        label={t`People`}
        row={(user) => (
          <UserRow
            key={user.id}
            user={user}
            onEdit={() => setOpen({ what: "edit", user })}
            onDeactivate={() => setOpen({ what: "deactivate", user })}
          />
        )}
        empty={
          <Empty icon="people" title={t`Nobody matches`}>
            <Button onPress={() => show({})}>
              <Trans>Show all</Trans>
            </Button>
          </Empty>
        }
      />
      <Dialog
        title={open === null ? "" : name === "" ? titles[open.what] : `${titles[open.what]}: ${name}`}
        isOpen={open !== null}
        onClose={close}
      >
        {open?.what === "invite" && <Invite onDone={close} />}
        {open?.what === "edit" && <EditUser user={open.user} onDone={close} />}
        {open?.what === "deactivate" && <Deactivate user={open.user} onDone={close} />}
      </Dialog>
    </Page>
  );
}

/** The list follows when the text is sent: with Enter, or when it is emptied. */
function SearchUsers({ search, onChange }: { search: UserSearch; onChange: (search: UserSearch) => void }) {
  const { t } = useLingui();
  const [text, setText] = useState(search.q ?? "");
  const submit = (sent: string) => {
    const { q: _, ...rest } = search;
    onChange(sent.trim() === "" ? rest : { ...rest, q: sent });
  };
  return (
    <SearchField
      label={t`Search people`}
      placeholder={t`Beginning of a name or of an e-mail address`}
      value={text}
      onChange={(next) => {
        setText(next);
        if (next === "") submit("");
      }}
      onSubmit={submit}
    />
  );
}
