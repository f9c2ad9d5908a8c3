/** Formats the web client and mends what the linter can mend. */
import { spawnSync } from "node:child_process";

process.exitCode =
  spawnSync("checks/node_modules/.bin/biome", ["check", "--write"], { stdio: "inherit" }).status ?? 1;
