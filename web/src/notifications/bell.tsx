import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useFormats } from "../i18n/format";
import { CountMark } from "../ui/badge";
import { Link } from "../ui/button";
import { Icon } from "../ui/icon";
import { setUnread } from "../ui/page";
import styles from "./bell.module.css";
import { unreadQuery } from "./queries";

/** Leads to the notifications and says how many are new; the window's title says it too. */
export function Bell() {
  const { t } = useLingui();
  const formats = useFormats();
  const { data: unread = 0 } = useQuery(unreadQuery);
  useEffect(() => {
    setUnread(unread);
    return () => setUnread(0);
  }, [unread]);
  const count = formats.count(unread);
  return (
    <Link
      to="/notifications"
      className={styles.bell ?? ""}
      aria-label={unread > 0 ? t`Notifications, ${count} new` : t`Notifications`}
    >
      <Icon name="bell" />
      {unread > 0 && (
        <span className={styles.mark}>
          <CountMark count={count} />
        </span>
      )}
    </Link>
  );
}
