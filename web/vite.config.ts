import { lingui } from "@lingui/vite-plugin";
import babel from "@rolldown/plugin-babel";
import react from "@vitejs/plugin-react";
import { defineConfig, type ProxyOptions } from "vite";
import { compressed } from "./compressed.ts";
import { fewLocales } from "./few-locales.ts";

/** The API that `WEB=dev` puts behind Vite. */
const api = process.env.LAMBDESK_URL ?? "http://127.0.0.1:8000";

const behind: ProxyOptions = {
  target: api,
  ws: true,
  configure: (proxy) => {
    // The API takes requests of its own origin alone.
    proxy.on("proxyReq", (request) => request.hasHeader("origin") && request.setHeader("origin", api));
    proxy.on("proxyReqWs", (request) => request.setHeader("origin", api));
  },
};

export default defineConfig({
  plugins: [
    fewLocales(),
    babel({
      include: /src\/.*\.tsx?$/,
      plugins: ["@lingui/babel-plugin-lingui-macro"],
      parserOpts: { plugins: ["typescript", "jsx"] },
    }),
    react(),
    lingui(),
    compressed(),
  ],
  // sockjs-client expects Node's name for the window, and hangs without a word otherwise.
  define: { global: "globalThis" },
  build: {
    target: "baseline-widely-available",
    manifest: true,
    chunkSizeWarningLimit: 1800, // Swagger UI, which no page of the client loads
    rolldownOptions: {
      checks: { pluginTimings: false },
      input: { index: "index.html", docs: "src/api-docs/main.ts" },
      // The API's page /api/docs has to know the name of what it loads: the one script without a hash.
      output: { entryFileNames: (chunk) => (chunk.name === "docs" ? "docs.js" : "assets/[name]-[hash].js") },
    },
    // Every asset is a file of its own: `data:` is not in the Content-Security-Policy.
    assetsInlineLimit: 0,
    // Vite's own polyfill would write an inline script.
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/api": behind, "/ws-chat": behind, "/_local": behind }, strictPort: true },
});
