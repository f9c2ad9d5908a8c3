import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { configQuery } from "../api/queries";
import type { Config } from "../api/types";
import { Button } from "../ui/button";
import { Note } from "../ui/note";

/** How often it is asked, in milliseconds; also whenever somebody comes back to the page. */
const EVERY = 300_000;

/** Milliseconds for which an answer is believed. One from before sign-in names no version: it is asked for anew. */
const believed = ({ state }: { state: { data?: Config | undefined } }) =>
  state.data?.version === undefined ? 0 : 60_000;

/** The API is newer than this page: a reload brings the new one. Nothing is lost that was typed (drafts). */
export function NewRelease() {
  const { data } = useQuery({ ...configQuery, staleTime: believed, refetchInterval: EVERY });
  const version = data?.version;
  const [began, setBegan] = useState(version);
  if (began === undefined && version !== undefined) setBegan(version);
  if (version === undefined || began === undefined || version === began) return null;
  return (
    <Note
      action={
        <Button small onPress={() => globalThis.location.reload()}>
          <Trans>Reload</Trans>
        </Button>
      }
    >
      <Trans>There is a newer version of this page.</Trans>
    </Note>
  );
}
