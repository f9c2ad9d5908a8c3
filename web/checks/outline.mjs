/** Files are short, and imports point downward: api, i18n, ui, features, app. */
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";

const LONGEST = 250;
/** A folder imports from itself, from lower ones and, among features, from each other. */
const LAYERS = { api: 0, i18n: 1, ui: 2, app: 4 };
const FEATURE = 3;
const IMPORT = /(?:from|import)\s*\(?\s*"(\.[^"]+)"/g;

const layer = (path) => {
  const [folder, rest] = path.split("/");
  return LAYERS[folder] ?? (rest === undefined ? 5 : FEATURE);
};

/** Answers what is wrong, or null. */
export async function outline() {
  const wrong = [];
  const names = await readdir("src", { recursive: true });
  for (const name of names.filter((each) => /\.(ts|tsx|css)$/.test(each) && each !== "api/schema.d.ts")) {
    const text = await readFile(join("src", name), "utf8");
    const lines = text.trimEnd().split("\n").length;
    if (lines > LONGEST) wrong.push(`src/${name}: ${lines} lines, more than ${LONGEST}.`);
    if (name.includes(".test.")) continue;
    for (const [, to] of text.matchAll(IMPORT)) {
      const target = normalize(join(dirname(name), to));
      if (layer(target) > layer(name)) wrong.push(`src/${name} imports ${target}, which stands above it.`);
    }
  }
  return wrong.length > 0 ? wrong.join("\n") : null;
}
