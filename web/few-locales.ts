import type { Plugin } from "vite";

const TEXTS = /\/react-aria[^/]*\/.*\/intl\/.*\/[a-z]{2}-[A-Z]{2}\.[mc]?js$/;
const OURS = /\/(?:en|ar)-[A-Z]{2}\.[mc]?js$/;

/** The components bring their own words in 34 languages: those that no page is shown in stay out of the build. */
export function fewLocales(): Plugin {
  return {
    name: "lambdesk-few-locales",
    apply: "build",
    enforce: "pre",
    load: (id) => (TEXTS.test(id) && !OURS.test(id) ? "export default {};" : null),
  };
}
