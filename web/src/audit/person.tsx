import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "../ui/button";
import { personQuery } from "./queries";

/** Somebody by name, leading to their account; who isn't there any more by the id. */
export function Person({ id }: { id: string | null }) {
  const { data, isError } = useQuery({ ...personQuery(id ?? ""), enabled: id !== null });
  if (id === null) return <Trans>Somebody who wasn't signed in</Trans>;
  if (data === undefined) return <bdi>{isError ? id : "…"}</bdi>;
  return (
    <Link to="/users" search={{ q: data.email }}>
      <bdi>{data.name}</bdi>
    </Link>
  );
}
