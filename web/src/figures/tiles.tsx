import { Trans, useLingui } from "@lingui/react/macro";
import type { LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Metrics } from "../api/types";
import { useFormats } from "../i18n/format";
import { PRIORITIES, STATUSES } from "../tickets/filters";
import { PRIORITY_WORDS, STATUS_WORDS } from "../tickets/words";
import { Link } from "../ui/button";
import { Card } from "../ui/page";
import styles from "./figures.module.css";
import { createdIn } from "./period";

interface TileProps {
  value: string;
  children: ReactNode;
  /** The list behind the number, where there is one. */
  to?: Pick<LinkProps, "to" | "search">;
}

function Tile({ value, children, to }: TileProps) {
  const words = (
    <>
      <strong>{value}</strong>
      <span>{children}</span>
    </>
  );
  return (
    <li>
      {to === undefined ? (
        <div className={styles.tile}>{words}</div>
      ) : (
        <Link {...to} className={`${styles.tile} ${styles.leads}`}>
          {words}
        </Link>
      )}
    </li>
  );
}

interface FiguresProps {
  metrics: Metrics;
  team: string | undefined;
}

/** Tickets by state and priority and the queue, as they are now. */
export function Now({ metrics, team }: FiguresProps) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const of = team === undefined ? {} : { team };
  const { waiting, oldest_wait_seconds: oldest } = metrics.queue;
  return (
    <Card title={t`Tickets now`}>
      <ul className={styles.tiles}>
        {STATUSES.map((status) => (
          <Tile
            key={status}
            value={formats.number(metrics.status_counts[status])}
            to={{ to: "/tickets", search: { ...of, status: [status] } }}
          >
            {i18n._(STATUS_WORDS[status])}
          </Tile>
        ))}
      </ul>
      <h3>
        <Trans>Not solved yet, by priority</Trans>
      </h3>
      <ul className={styles.tiles}>
        {PRIORITIES.map((priority) => (
          <Tile
            key={priority}
            value={formats.number(metrics.priority_counts[priority])}
            to={{
              to: "/tickets",
              search: { ...of, status: ["open", "in_progress"], priority: [priority] },
            }}
          >
            {i18n._(PRIORITY_WORDS[priority])}
          </Tile>
        ))}
      </ul>
      <h3>
        <Trans>Queue</Trans>
      </h3>
      <ul className={styles.tiles}>
        <Tile value={formats.number(waiting)} to={{ to: "/queue" }}>
          <Trans>Waiting for an agent</Trans>
        </Tile>
        <Tile value={oldest === null ? "–" : formats.duration(oldest)} to={{ to: "/queue" }}>
          <Trans>Longest wait</Trans>
        </Tile>
      </ul>
    </Card>
  );
}

/** What happened in the days that are shown, and how long it took. */
export function Happened({ metrics, team }: FiguresProps) {
  const { t } = useLingui();
  const formats = useFormats();
  const { volume, from, to } = metrics;
  return (
    <Card title={formats.days(from, to)}>
      <ul className={styles.tiles}>
        <Tile
          value={formats.number(volume.created)}
          to={{ to: "/tickets", search: createdIn(from, to, team) }}
        >
          <Trans>Created</Trans>
        </Tile>
        <Tile value={formats.number(volume.resolved)}>
          <Trans>Resolved</Trans>
        </Tile>
        <Tile value={formats.number(volume.closed)}>
          <Trans>Closed</Trans>
        </Tile>
        <Tile value={formats.number(volume.reopened)}>
          <Trans>Reopened</Trans>
        </Tile>
      </ul>
      <Took title={t`Until the first answer`} took={metrics.first_response_seconds} />
      <Took title={t`Until resolved`} took={metrics.resolution_seconds} />
    </Card>
  );
}

function Took({ title, took }: { title: string; took: Metrics["resolution_seconds"] }) {
  const formats = useFormats();
  const words = (seconds: number | null) => (seconds === null ? "–" : formats.duration(seconds));
  return (
    <>
      <h3>{title}</h3>
      <ul className={`${styles.tiles} ${styles.spans}`}>
        <Tile value={words(took.median)}>
          <Trans>Half of them within</Trans>
        </Tile>
        <Tile value={words(took.p90)}>
          <Trans>Nine of ten within</Trans>
        </Tile>
        <Tile value={words(took.average)}>
          <Trans>On average</Trans>
        </Tile>
      </ul>
    </>
  );
}
