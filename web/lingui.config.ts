import { defineConfig } from "@lingui/conf";
import { formatter } from "@lingui/format-po";

/** One `.po` a language; no line numbers, so that a catalogue changes only when a text does. */
export default defineConfig({
  sourceLocale: "en",
  locales: ["en", "ar"],
  catalogs: [{ path: "<rootDir>/src/i18n/locales/{locale}", include: ["src"] }],
  format: formatter({ lineNumbers: false }),
  orderBy: "message",
});
