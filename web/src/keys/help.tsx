import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import type { Role, User } from "../api/types";
import { Switch } from "../ui/choice";
import { Dialog } from "../ui/dialog";
import { switchSingleKeys, useSingleKeys } from "./keys";
import styles from "./keys.module.css";

interface Shown {
  keys: string[];
  does: MessageDescriptor;
  single: boolean;
  roles?: readonly Role[];
}

const SHOWN: readonly Shown[] = [
  { keys: ["Ctrl", "K"], does: msg`Go anywhere, find a ticket`, single: false },
  { keys: ["Ctrl", "Enter"], does: msg`Send what you wrote`, single: false },
  { keys: ["j"], does: msg`To the next row of a list`, single: true },
  { keys: ["k"], does: msg`To the row before`, single: true },
  { keys: ["Enter"], does: msg`Open the row`, single: false },
  { keys: ["n"], does: msg`Next ticket`, single: true, roles: ["agent"] },
  { keys: ["r"], does: msg`Write a comment on the ticket`, single: true },
  { keys: ["m"], does: msg`Write a note on the ticket`, single: true },
  { keys: ["c"], does: msg`Open the ticket's chat`, single: true },
  { keys: ["/"], does: msg`Search tickets`, single: true },
  { keys: ["?"], does: msg`This list`, single: true },
];

/** Every key, and the switch that turns single ones off. */
export function Help({ user, onClose }: { user: User; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const on = useSingleKeys();
  const shown = SHOWN.filter(({ roles }) => roles === undefined || roles.includes(user.role));
  return (
    <Dialog title={t`Keyboard shortcuts`} isOpen onClose={onClose}>
      <dl className={styles.keys}>
        {shown.map(({ keys, does, single }) => (
          <div key={keys.join()} className={single && !on ? styles.off : ""}>
            <dt dir="ltr">
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{i18n._(does)}</dd>
          </div>
        ))}
      </dl>
      <Switch isSelected={on} onChange={switchSingleKeys}>
        <Trans>Single keys act, outside of fields</Trans>
      </Switch>
    </Dialog>
  );
}
