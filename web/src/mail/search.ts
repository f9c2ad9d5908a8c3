/** What the page of kept mail reads from its address; apart from the words, which only that page needs. */

export function parseKeptSearch(search: Record<string, unknown>): { reason?: string } {
  return typeof search.reason === "string" ? { reason: search.reason } : {};
}
