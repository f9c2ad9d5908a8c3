import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { SessionShown } from "../api/types";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Card } from "../ui/page";
import { Failed, Skeleton } from "../ui/states";
import { Time } from "../ui/time";
import { browserOf } from "./browser";
import { sessionsQuery, useEndSession } from "./requests";
import styles from "./sessions.module.css";

/** Where one is signed in, each to be ended. */
export function SessionsCard() {
  const { t } = useLingui();
  const sessions = useQuery(sessionsQuery);
  const end = useEndSession();
  const others = sessions.data?.items.filter((each) => !each.current) ?? [];
  return (
    <Card title={t`Where you are signed in`}>
      {sessions.isPending && <Skeleton lines={2} />}
      {sessions.isError && <Failed error={sessions.error} onRetry={() => void sessions.refetch()} />}
      {end.isError && <Failed error={end.error} />}
      {sessions.data && (
        <ul className={styles.sessions} aria-label={t`Sessions`}>
          {sessions.data.items.map((each) => (
            <Row
              key={each.id}
              session={each}
              onEnd={() => end.mutate(each.id)}
              ending={end.isPending && end.variables === each.id}
            />
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <div>
          <Button onPress={() => end.mutate(null)} isPending={end.isPending && end.variables === null}>
            <Trans>End all others</Trans>
          </Button>
        </div>
      )}
    </Card>
  );
}

function Row({ session, onEnd, ending }: { session: SessionShown; onEnd: () => void; ending: boolean }) {
  const { t } = useLingui();
  const browser = browserOf(session.user_agent ?? "") ?? t`Another program`;
  return (
    <li className={styles.session}>
      <div className={styles.what}>
        <p className={styles.browser}>
          <bdi title={session.user_agent ?? ""}>{browser}</bdi>
          {session.current && (
            <Badge tone="good">
              <Trans>This one</Trans>
            </Badge>
          )}
        </p>
        <p className={styles.facts}>
          {session.ip && (
            <>
              <bdi>{session.ip}</bdi>
              {" · "}
            </>
          )}
          <Trans>
            last seen <Time at={session.last_used_at} />
          </Trans>
        </p>
      </div>
      {!session.current && (
        <Button small onPress={onEnd} isPending={ending}>
          <Trans>End</Trans>
        </Button>
      )}
    </li>
  );
}
