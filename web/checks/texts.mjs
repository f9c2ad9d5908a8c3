/** The catalogues: every text of the sources, in each language. */
import { spawn } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const FOLDER = "src/i18n/locales";

function extract() {
  return new Promise((resolve) => {
    const args = ["node_modules/@lingui/cli/dist/lingui.js", "extract", "--clean", "--workers", "1"];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    child.stderr.on("data", (data) => {
      said += data;
    });
    child.stdout.resume();
    child.on("close", (code) => resolve(code === 0 ? null : said));
  });
}

async function read() {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith(".po"));
  return Promise.all(
    names.map(async (name) => [join(FOLDER, name), await readFile(join(FOLDER, name), "utf8")]),
  );
}

/** Answers what is wrong, or null; leaves the catalogues as they are. */
export async function catalogues() {
  const before = await read();
  const failed = await extract();
  if (failed !== null) return failed;
  const after = new Map(await read());
  const stale = before.filter(([path, text]) => after.get(path) !== text);
  await Promise.all(stale.map(([path, text]) => writeFile(path, text)));
  const wrong = [
    ...stale.map(([path]) => `${path} doesn't hold the texts of the sources.`),
    ...before
      .filter(([path]) => !path.endsWith("/en.po"))
      .flatMap(([path, text]) => untranslated(path, text)),
  ];
  return wrong.length > 0 ? wrong.join("\n") : null;
}

/** A sentence for each text that has no words in the language of `path`. */
function untranslated(path, text) {
  const entries = text.split("\n\n").slice(1);
  const empty = entries.filter(
    (entry) => /^msgid (?!""\n\n)/m.test(entry) && /^msgstr ""$(?!\n")/m.test(entry),
  );
  return empty.map((entry) => `${path}: ${/^msgid .*$/m.exec(entry)?.[0]} isn't translated.`);
}

if (import.meta.main) {
  const failed = await extract();
  if (failed !== null) throw new Error(failed);
}
