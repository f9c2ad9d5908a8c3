import { Trans, useLingui } from "@lingui/react/macro";
import type { Metrics } from "../api/types";
import { useFormats } from "../i18n/format";
import { Link } from "../ui/button";
import { Card } from "../ui/page";
import { Table } from "../ui/table";
import styles from "./figures.module.css";
import { createdIn, type Span, spans } from "./period";

/** Created and resolved tickets, day by day (many days: by weeks, then by months): a picture, and the numbers beside it. */
export function Volume({ metrics, team }: { metrics: Metrics; team: string | undefined }) {
  const { t } = useLingui();
  const formats = useFormats();
  const bars = spans(metrics.per_day);
  const name = (span: Span) =>
    span.from === span.to ? formats.calendar(span.from) : formats.days(span.from, span.to);
  return (
    <Card title={bars.length === metrics.per_day.length ? t`Per day` : t`Over the time`}>
      <div className={styles.volume}>
        <Chart bars={bars} name={name} />
        <Table
          label={t`Tickets created and resolved`}
          columns={[t`Days`, t`Created`, t`Resolved`]}
          rows={bars.toReversed().map((span) => ({
            id: span.from,
            cells: [
              name(span),
              span.created === 0 ? (
                formats.number(0)
              ) : (
                <Link key="created" to="/tickets" search={createdIn(span.from, span.to, team)}>
                  {formats.number(span.created)}
                </Link>
              ),
              formats.number(span.resolved),
            ],
          }))}
        />
      </div>
    </Card>
  );
}

/** The height of the drawing's own units; a bar's day is 10 wide. */
const HIGH = 100;
const WIDE = 10;

function Chart({ bars, name }: { bars: Span[]; name: (span: Span) => string }) {
  const { t } = useLingui();
  const formats = useFormats();
  const most = Math.max(1, ...bars.flatMap((span) => [span.created, span.resolved]));
  const height = (count: number) => (count / most) * HIGH;
  const first = bars[0];
  const last = bars.at(-1);
  return (
    <figure className={styles.chart}>
      <figcaption className={styles.legend}>
        <span className={styles.created}>
          <Trans>Created</Trans>
        </span>
        <span className={styles.resolved}>
          <Trans>Resolved</Trans>
        </span>
        <span className={styles.most}>
          <Trans>Highest bar: {formats.number(most)}</Trans>
        </span>
      </figcaption>
      <svg
        className={styles.bars}
        viewBox={`0 0 ${Math.max(1, bars.length) * WIDE} ${HIGH}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t`Tickets created and resolved. The table beside it holds the numbers.`}
      >
        {bars.map((span, place) => {
          const words = name(span);
          return (
            <g key={span.from}>
              <title>{t`${words}: ${span.created} created, ${span.resolved} resolved`}</title>
              <rect className={styles.ground} x={place * WIDE} y={0} width={WIDE} height={HIGH} />
              <rect
                className={styles.createdBar}
                x={place * WIDE + 1}
                y={HIGH - height(span.created)}
                width={4}
                height={height(span.created)}
              />
              <rect
                className={styles.resolvedBar}
                x={place * WIDE + 5}
                y={HIGH - height(span.resolved)}
                width={4}
                height={height(span.resolved)}
              />
            </g>
          );
        })}
      </svg>
      {first && last && (
        <p className={styles.ends}>
          <span>{formats.calendar(first.from)}</span>
          <span>{formats.calendar(last.to)}</span>
        </p>
      )}
    </figure>
  );
}
