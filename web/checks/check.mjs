/** All that the web client has to pass without a browser: `make web`. Says only what is wrong. */
import { spawn } from "node:child_process";
import { outline } from "./outline.mjs";
import { catalogues } from "./texts.mjs";
import { generated } from "./types.mjs";

const bin = (name) => `checks/node_modules/.bin/${name}`;

/** Runs a program in `web/`; answers what it said, if it failed. */
function run(command, ...args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env: { ...process.env, FORCE_COLOR: "1" } });
    let said = "";
    child.stdout.on("data", (data) => {
      said += data;
    });
    child.stderr.on("data", (data) => {
      said += data;
    });
    child.on("close", (code) => resolve(code === 0 ? null : said));
  });
}

const CHECKS = {
  "lint and format (python -m infra.web fmt mends what it can)": () =>
    run(bin("biome"), "ci", "--error-on-warnings", "--max-diagnostics=50"),
  types: () => run(process.execPath, "checks/node_modules/typescript-7/bin/tsc", "-p", "."),
  "files and imports": outline,
  "generated types (python -m infra.web types)": generated,
  "catalogues (python -m infra.web texts)": catalogues,
  "unit tests": () => run(bin("vitest"), "run", "--config", "checks/vitest.config.ts", "--reporter=dot"),
};

const failed = await Promise.all(
  Object.entries(CHECKS).map(async ([name, check]) => {
    const said = await check();
    if (said !== null) console.error(`\n— ${name}\n${said}`);
    return said !== null;
  }),
);
process.exitCode = failed.includes(true) ? 1 : 0;
