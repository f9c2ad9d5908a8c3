import { existsSync } from "node:fs";

export const PASSWORD = "demo-password-1";

/** The system's Chromium: no browser is downloaded. */
export function browser() {
  const known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const found = known.find((path) => existsSync(path));
  if (found === undefined) throw new Error("There is no Chromium: infra/machine.sh chromium installs one.");
  return found;
}

export async function signIn(page, url, email, password = PASSWORD) {
  await page.goto(`${url}/login`);
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((at) => at.pathname !== "/login");
}
