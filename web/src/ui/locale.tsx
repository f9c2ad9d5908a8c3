import { useLingui } from "@lingui/react";
import type { ReactNode } from "react";
import { I18nProvider } from "react-aria-components";
import { formatting } from "../i18n";

/** The components' own words, and the way one reads, follow the page's language. */
export function Locale({ children }: { children: ReactNode }) {
  const { i18n } = useLingui();
  return <I18nProvider locale={formatting(i18n.locale)}>{children}</I18nProvider>;
}
