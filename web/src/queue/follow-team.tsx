import type { QueryKey } from "@tanstack/react-query";
import { useQuery } from "@tanstack/react-query";
import type { User } from "../api/types";
import { teamsQuery } from "../people/queries";
import { useFollow } from "./use-follow";

/** The agent's own team; null for an admin, who has none and sees all. */
export function teamOf(user: User): string | null {
  return user.role === "agent" && "team" in user ? user.team : null;
}

/** Follows the teams that somebody sees: an agent's own, an admin's all or the one that is `chosen`. */
export function FollowTeams({
  user,
  chosen,
  lists,
}: {
  user: User;
  chosen?: string | undefined;
  lists: readonly QueryKey[];
}) {
  const own = teamOf(user) ?? chosen ?? null;
  const teams = useQuery({ ...teamsQuery, enabled: own === null });
  const followed = own === null ? (teams.data?.items.map((team) => team.id) ?? []) : [own];
  return followed.map((team) => <FollowTeam key={team} team={team} lists={lists} />);
}

function FollowTeam({ team, lists }: { team: string; lists: readonly QueryKey[] }) {
  useFollow(`/topic/team/${team}`, lists);
  return null;
}
