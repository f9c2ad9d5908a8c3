import { resolve } from "node:path";
import { defineConfig, mergeConfig } from "vitest/config";
import build from "../vite.config.ts";

const here = import.meta.dirname;

/** Tests stand beside what they test; what they are written with is installed here. */
export default mergeConfig(
  build,
  defineConfig({
    root: resolve(here, ".."),
    resolve: {
      alias: Object.fromEntries(
        ["@testing-library/react", "@testing-library/user-event", "@testing-library/jest-dom"].map((name) => [
          name,
          resolve(here, "node_modules", name),
        ]),
      ),
      dedupe: ["react", "react-dom"],
    },
    test: {
      environment: "jsdom",
      include: ["src/**/*.test.{ts,tsx}"],
      setupFiles: [resolve(here, "setup.ts")],
      restoreMocks: true,
    },
  }),
);
