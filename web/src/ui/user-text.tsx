import { Fragment } from "react";
import styles from "./user-text.module.css";

/** Web addresses and mail addresses; a full stop or bracket at the end belongs to the sentence. */
const ADDRESS = /(https?:\/\/[^\s<>"']+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)/giu;
const TAIL = /[.,;:!?)\]}’”»]+$/u;

interface Part {
  text: string;
  href?: string;
}

/** Cuts a text at what may be opened: `http(s)` and mail addresses alone. */
export function parts(text: string): Part[] {
  const found: Part[] = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(TAIL, "");
    const href = /^https?:/i.test(address) ? address : `mailto:${address}`;
    if (/^https?:/i.test(address) && !URL.canParse(address)) continue;
    if (match.index > at) found.push({ text: text.slice(at, match.index) });
    found.push({ text: address, href });
    at = match.index + address.length;
  }
  if (at < text.length) found.push({ text: text.slice(at) });
  return found;
}

/** What a person wrote: as given, never as HTML, in its own direction. */
export function UserText({ text }: { text: string }) {
  return (
    <div dir="auto" className={styles.text}>
      {parts(text).map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text don't move
        <Fragment key={place}>
          {part.href === undefined ? (
            part.text
          ) : (
            <a href={part.href} rel="noopener noreferrer nofollow" target="_blank">
              {part.text}
            </a>
          )}
        </Fragment>
      ))}
    </div>
  );
}
