import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { Role } from "../api/types";
import { TextField } from "../ui/field";
import { Select } from "../ui/select";
import { teamsQuery } from "./queries";
import { ROLE_WORDS, ROLES } from "./words";

export const FIELDS = ["email", "name", "role", "team", "capacity"];

interface UserFieldsProps {
  name: string;
  role: Role;
  onRole: (role: Role) => void;
  team: string;
  onTeam: (team: string) => void;
  capacity: number | null;
}

/** Name and role; for an agent team and capacity too. Name and capacity are in the form's data. */
export function UserFields({ name, role, onRole, team, onTeam, capacity }: UserFieldsProps) {
  const { t, i18n } = useLingui();
  const teams = useQuery({ ...teamsQuery, enabled: role === "agent" }).data?.items ?? [];
  const known = teams.some(({ id }) => id === team) ? teams : [{ id: team, name: team }, ...teams];
  return (
    <>
      <TextField label={t`Name`} name="name" defaultValue={name} isRequired maxLength={100} />
      <Select
        label={t`Role`}
        options={ROLES.map((id) => ({ id, label: i18n._(ROLE_WORDS[id]) }))}
        value={role}
        onChange={onRole}
      />
      {role === "agent" && (
        <>
          <Select
            label={t`Team`}
            options={known.map((each) => ({ id: each.id, label: each.name }))}
            value={team}
            onChange={onTeam}
          />
          <TextField
            label={t`Capacity`}
            name="capacity"
            inputMode="numeric"
            pattern="[0-9]{1,9}"
            defaultValue={capacity === null ? "" : String(capacity)}
            hint={t`How much workload at most before new tickets go to others. 0: none; empty: no limit.`}
          />
        </>
      )}
    </>
  );
}

/** What the form says of the capacity; empty is no limit. */
export function capacityOf(form: FormData): number | null {
  const given = String(form.get("capacity") ?? "").trim();
  return given === "" ? null : Number(given);
}
