/** Languages: which one to show, and its catalogue. A further language is a file in `locales/` and an entry here. */
import { i18n } from "@lingui/core";

export const LOCALES = {
  en: { name: "English", dir: "ltr", load: () => import("./locales/en.po") },
  ar: { name: "العربية", dir: "rtl", load: () => import("./locales/ar.po") },
} as const;

export type Locale = keyof typeof LOCALES;

function known(wanted: string | null | undefined): Locale | null {
  const language = wanted?.split("-")[0]?.toLowerCase();
  return language !== undefined && language in LOCALES ? (language as Locale) : null;
}

/** The account's language, else the browser's, else English. */
export function chosen(ofAccount: string | null | undefined, ofBrowser: readonly string[]): Locale {
  for (const wanted of [ofAccount, ...ofBrowser]) {
    const found = known(wanted);
    if (found !== null) return found;
  }
  return "en";
}

/** The tag for dates and numbers: the browser's own regional form of the language that is shown, if it has one. */
export function formatting(locale: string, ofBrowser: readonly string[] = navigator.languages): string {
  return ofBrowser.find((each) => known(each) === locale) ?? locale;
}

/** Shows the page in `locale` from now on. */
export async function activate(locale: Locale): Promise<void> {
  if (i18n.locale !== locale) {
    const { messages } = await LOCALES[locale].load();
    i18n.loadAndActivate({ locale, messages });
  }
  document.documentElement.lang = locale;
  document.documentElement.dir = LOCALES[locale].dir;
}
