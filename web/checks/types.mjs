/** The API's types: `src/api/schema.d.ts` made of `openapi.json`. */
import { readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const DOCUMENT = "openapi.json";
const TYPES = "src/api/schema.d.ts";

async function made() {
  const head = `// Made of ${DOCUMENT} by \`python -m infra.web types\`. Don't edit.\n\n`;
  return head + astToString(await openapiTS(pathToFileURL(DOCUMENT), { defaultNonNullable: false }));
}

/** Answers what is wrong, or null. */
export async function generated() {
  return (await readFile(TYPES, "utf8")) === (await made()) ? null : `${TYPES} isn't what ${DOCUMENT} makes.`;
}

if (import.meta.main) await writeFile(TYPES, await made());
