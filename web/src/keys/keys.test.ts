import { afterEach, expect, it } from "vitest";
import { keyOf } from "./keys";

function pressed(on: Element, init: KeyboardEventInit): string | null {
  let found: string | null = null;
  const listener = (event: Event) => {
    found = keyOf(event as KeyboardEvent);
  };
  document.addEventListener("keydown", listener, { once: true });
  on.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, ...init }));
  return found;
}

afterEach(() => document.body.replaceChildren());

it("takes single keys on the page", () => {
  expect(pressed(document.body, { key: "J" })).toBe("j");
  expect(pressed(document.body, { key: "?", shiftKey: true })).toBe("?");
});

it("leaves what is typed into a field alone", () => {
  const field = document.body.appendChild(document.createElement("textarea"));
  expect(pressed(field, { key: "n" })).toBeNull();
});

it("leaves the page alone while a dialog is open", () => {
  const dialog = document.body.appendChild(document.createElement("div"));
  dialog.setAttribute("role", "dialog");
  expect(pressed(document.body, { key: "n" })).toBeNull();
});

it("opens the palette from a field, too", () => {
  const field = document.body.appendChild(document.createElement("input"));
  expect(pressed(field, { key: "k", ctrlKey: true })).toBe("ctrl+k");
  expect(pressed(field, { key: "c", ctrlKey: true })).toBeNull();
});

it("isn't in the way of an input method", () => {
  expect(pressed(document.body, { key: "n", isComposing: true })).toBeNull();
});
