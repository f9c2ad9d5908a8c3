import { expect, it } from "vitest";
import { parts } from "./user-text";

const links = (text: string) => parts(text).flatMap((part) => (part.href === undefined ? [] : [part.href]));

it.each([
  ["see https://example.com/a?b=c.", ["https://example.com/a?b=c"]],
  ["(http://example.com)", ["http://example.com"]],
  ["write to ann@example.com!", ["mailto:ann@example.com"]],
  ["javascript:alert(1) data:text/html,x ftp://example.com", []],
  ['https://example.com/"onmouseover=alert(1)', ["https://example.com/"]],
  ["https://", []],
])("of %j only http(s) and mail addresses are links", (text, expected) => {
  expect(links(text)).toEqual(expected);
});

it("gives back the whole text", () => {
  const text = "a <b>https://example.com</b>\n\n ann@example.com end";
  expect(
    parts(text)
      .map((part) => part.text)
      .join(""),
  ).toBe(text);
});
