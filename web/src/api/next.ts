/** Where sign-in leads: a path of ours, never another site's. Null for anything else. */
export function safeNext(wanted: string | undefined): string | null {
  if (wanted === undefined || !wanted.startsWith("/") || wanted.startsWith("//")) return null;
  if (wanted.includes("\\") || !URL.canParse(wanted, "http://here.invalid")) return null;
  const url = new URL(wanted, "http://here.invalid");
  if (url.origin !== "http://here.invalid" || url.pathname === "/login") return null;
  return `${url.pathname}${url.search}${url.hash}`;
}
