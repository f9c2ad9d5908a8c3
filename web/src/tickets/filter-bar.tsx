import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import type { Role, Status } from "../api/types";
import { Button } from "../ui/button";
import { SearchField } from "../ui/search-field";
import { Select } from "../ui/select";
import styles from "./filter-bar.module.css";
import { changed, isFiltered, PRIORITIES, STATUSES, type TicketSearch } from "./filters";
import { PRIORITY_WORDS, STATUS_WORDS } from "./words";

interface FilterBarProps {
  search: TicketSearch;
  /** `replace`: a step that the back button needn't go through. */
  onChange: (search: TicketSearch, replace?: boolean) => void;
  role: Role;
}

/** Milliseconds without a key after which the list follows what is typed. */
const SETTLED = 300;
const ACTIVE: Status[] = ["open", "in_progress"];

/** What stands in the address, to be changed: text, status, priority, who. */
export function FilterBar({ search, onChange, role }: FilterBarProps) {
  const { t, i18n } = useLingui();
  const without = (name: keyof TicketSearch) => changed(search, { [name]: undefined });
  const statuses = [
    { id: "all", label: t`All states` },
    { id: "active", label: t`Not solved yet` },
    ...STATUSES.map((status) => ({ id: status, label: i18n._(STATUS_WORDS[status]) })),
  ];
  const priorities = [
    { id: "all", label: t`All priorities` },
    ...PRIORITIES.map((priority) => ({ id: priority, label: i18n._(PRIORITY_WORDS[priority]) })),
  ];
  const people = [
    { id: "all", label: t`Anybody's` },
    { id: "me", label: t`Mine` },
    { id: "none", label: t`Nobody's` },
    // An address that names somebody: the agents' figures lead to such lists.
    ...(search.assignee === undefined || ["me", "none"].includes(search.assignee)
      ? []
      : [{ id: search.assignee, label: t`One agent's` }]),
  ];
  const orders = [
    { id: "newest", label: t`Newest first` },
    { id: "created", label: t`Oldest first` },
  ];
  const status = search.status?.join(",") === ACTIVE.join(",") ? "active" : (search.status?.[0] ?? "all");
  const chooseStatus = (id: string) =>
    onChange(
      id === "all" ? without("status") : { ...search, status: id === "active" ? ACTIVE : [id as Status] },
    );
  return (
    <search className={styles.bar}>
      <SearchText search={search} onChange={onChange} />
      <div className={styles.selects}>
        <Select label={t`State`} quietLabel options={statuses} value={status} onChange={chooseStatus} />
        <Select
          label={t`Priority`}
          quietLabel
          options={priorities}
          value={search.priority?.[0] ?? "all"}
          onChange={(id) =>
            onChange(
              id === "all"
                ? without("priority")
                : { ...search, priority: PRIORITIES.filter((each) => each === id) },
            )
          }
        />
        {role !== "client" && (
          <Select
            label={t`Assigned to`}
            quietLabel
            options={people}
            value={search.assignee ?? "all"}
            onChange={(id) => onChange(id === "all" ? without("assignee") : { ...search, assignee: id })}
          />
        )}
        <Select
          label={t`Order`}
          quietLabel
          options={orders}
          value={search.sort ?? "newest"}
          onChange={(id) => onChange(id === "created" ? { ...search, sort: "created" } : without("sort"))}
        />
        {isFiltered(search) && (
          <Button
            look="quiet"
            icon="close"
            onPress={() => onChange(search.q === undefined ? {} : { q: search.q })}
          >
            <Trans>Clear filters</Trans>
          </Button>
        )}
      </div>
    </search>
  );
}

/** The list follows a little after the last key; the text itself is the field's own meanwhile. */
function SearchText({ search, onChange }: Pick<FilterBarProps, "search" | "onChange">) {
  const { t } = useLingui();
  const [text, setText] = useState(search.q ?? "");
  const [seen, setSeen] = useState(search.q);
  // The address changed by something else than this field: the back button, "Show all".
  if (search.q !== seen) {
    setSeen(search.q);
    setText(search.q ?? "");
  }
  const asked = text.trim() === "" ? undefined : text;
  const submit = () => {
    if (asked === search.q) return;
    setSeen(asked);
    onChange(changed(search, { q: asked }), true);
  };
  useEffect(() => {
    const timer = setTimeout(submit, SETTLED);
    return () => clearTimeout(timer);
  });
  return <SearchField label={t`Search tickets`} value={text} onChange={setText} onSubmit={submit} />;
}
