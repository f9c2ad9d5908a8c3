import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Outlet, useMatches } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { useFactorDemanded, useUser } from "../api/use-user";
import { useFormats } from "../i18n/format";
import { Keys } from "../keys/shortcuts";
import { live } from "../live/connection";
import { useLiveCache } from "../live/use-live";
import { Bell } from "../notifications/bell";
import { countsQuery } from "../tickets/queries";
import { useOutgoingSent } from "../tickets/use-outgoing-sent";
import { CountMark } from "../ui/badge";
import { Link } from "../ui/button";
import { Icon } from "../ui/icon";
import { Toasts } from "../ui/toast";
import { NotForYou } from "./errors";
import { PLACES } from "./navigation";
import { NewRelease } from "./new-release";
import { Offline } from "./offline";
import styles from "./shell.module.css";
import { UserMenu } from "./user-menu";

const FactorFirst = lazy(() =>
  import("../account/factor-first").then((loaded) => ({ default: loaded.FactorFirst })),
);
const Unconfirmed = lazy(() =>
  import("../account/unconfirmed").then((loaded) => ({ default: loaded.Unconfirmed })),
);

function Logo() {
  return (
    <Link to="/" className={styles.logo ?? ""}>
      <img src="/icon.svg" alt="" width={28} height={28} />
      Lambdesk
    </Link>
  );
}

function SkipLink() {
  return (
    <a href="#main" className={styles.skip}>
      <Trans>Skip to the content</Trans>
    </a>
  );
}

/** Around every page of somebody who is signed in. */
export function Shell() {
  const { t, i18n } = useLingui();
  const user = useUser();
  const demanded = useFactorDemanded();
  useLiveCache(demanded ? null : user);
  useEffect(() => (demanded ? live.close() : undefined), [demanded]);
  useOutgoingSent(user?.id);
  const counts = useQuery({ ...countsQuery, enabled: user !== null && !demanded });
  const roles = useMatches({ select: (matches) => matches.at(-1)?.staticData.roles });
  // Signed out a moment ago: the way to the door is already being taken.
  if (user === null) return null;
  const places = demanded ? [] : PLACES.filter((place) => place.roles.includes(user.role));
  return (
    <div className={styles.shell}>
      <SkipLink />
      <header className={styles.bar}>
        <Logo />
        <div className={styles.barEnd}>
          {!demanded && <Bell />}
          <UserMenu user={user} />
        </div>
      </header>
      <nav className={styles.nav} aria-label={t`Pages`}>
        <div className={styles.places}>
          {places.map((place) => (
            <Link
              key={place.to}
              to={place.to}
              className={`${styles.place} ${place.phone ? "" : styles.wide}`}
              activeOptions={{ includeSearch: false }}
              activeProps={{ "aria-current": "page" }}
            >
              <Icon name={place.icon} size={22} />
              <span>{i18n._(place.label)}</span>
              {place.count && <Waits count={counts.data?.[place.count] ?? 0} />}
            </Link>
          ))}
        </div>
      </nav>
      <main id="main" tabIndex={-1} className={styles.main}>
        <Offline />
        <div className={styles.notices}>
          <NewRelease />
          {!(user.email_verified || demanded) && (
            <Suspense>
              <Unconfirmed email={user.email} />
            </Suspense>
          )}
        </div>
        {demanded ? (
          <Suspense>
            <FactorFirst />
          </Suspense>
        ) : roles === undefined || roles.includes(user.role) ? (
          <Outlet />
        ) : (
          <NotForYou />
        )}
      </main>
      {!demanded && <Keys user={user} />}
      <Toasts />
    </div>
  );
}

/** How many tickets wait there. */
function Waits({ count }: { count: number }) {
  const { t } = useLingui();
  const formats = useFormats();
  if (count === 0) return null;
  const shown = formats.count(count);
  return (
    <span className={styles.waits}>
      <CountMark count={shown} label={t`${shown} waiting`} />
    </span>
  );
}

/** Around the pages for everybody: sign-in and the like. */
export function Outside() {
  return (
    <div className={styles.outside}>
      <header>
        <Logo />
      </header>
      <main id="main" className={styles.door}>
        <Offline />
        <Outlet />
      </main>
      <Toasts />
    </div>
  );
}
