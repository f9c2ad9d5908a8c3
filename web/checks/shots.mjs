/**
 * Pictures of every page, for eyes: `make shots URL=http://127.0.0.1:8000 [ONLY=ticket]` against a runner with the demo
 * accounts. Each page at both widths in both schemes, in `.local/shots`. Says what the pages' consoles complained of.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { browser as executable, PASSWORD, signIn } from "./browser.mjs";
import { prepared } from "./scene.mjs";

const url = process.env.URL ?? "http://127.0.0.1:8000";
const out = process.env.OUT ?? join(import.meta.dirname, "../../.local/shots");
const only = process.env.ONLY ?? "";
const WIDTHS = [1280, 390];
const SCHEMES = ["light", "dark"];

/** Waits until nothing is asked of the API and nothing is loading. */
async function settled(page) {
  await page.locator("h1").first().waitFor();
  await page.locator("[aria-label=Loading]").waitFor({ state: "detached" });
  let seen = -1;
  for (let asked = 0; asked !== seen; ) {
    seen = asked;
    await page.waitForTimeout(250);
    asked = await page.evaluate(() => performance.getEntriesByType("resource").length);
  }
}

await mkdir(out, { recursive: true });
const scene = await prepared(url, PASSWORD);
const browser = await chromium.launch({ executablePath: executable() });
const complaints = new Set();
for (const width of WIDTHS) {
  for (const scheme of SCHEMES) {
    for (const [who, pages] of Object.entries(scene)) {
      const wanted = pages.filter((each) => each.name.includes(only));
      if (wanted.length === 0) continue;
      const context = await browser.newContext({
        viewport: { width, height: width === 390 ? 844 : 860 },
        colorScheme: scheme,
        reducedMotion: "reduce",
        deviceScaleFactor: 1,
      });
      const page = await context.newPage();
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) complaints.add(`${page.url()}: ${message.text()}`);
      });
      page.on("pageerror", (error) => complaints.add(`${page.url()}: ${error}`));
      if (who !== "nobody") await signIn(page, url, who);
      for (const { name, path, act } of wanted) {
        const opened = async () => {
          await page.goto(url + path);
          await settled(page);
          if (act) await act(page);
        };
        // A build meanwhile takes away the files that an opened page names: the next one names the new ones.
        await opened().catch(opened);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (overflow > 0) complaints.add(`${name} at ${width}: ${overflow} px too wide`);
        await page.screenshot({ path: join(out, `${name}-${width}-${scheme}.png`), fullPage: true });
      }
      await context.close();
    }
  }
}
await browser.close();
for (const complaint of complaints) console.log(complaint);
console.log(`Pictures are in ${out}.`);
