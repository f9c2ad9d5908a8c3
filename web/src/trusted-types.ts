/**
 * The page's Content-Security-Policy asks for trusted types: without a default policy every `innerHTML = …` throws.
 * react-aria's announcer empties its region by `innerHTML = ""`; that alone is let through. First import of all.
 */
interface Factory {
  createPolicy(name: string, rules: Record<string, (text: string) => string>): unknown;
}

const refuse = (text: string): string => {
  throw new TypeError(`Not trusted: ${text.slice(0, 80)}`);
};

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
factory?.createPolicy("default", {
  createHTML: (text) => (text === "" ? text : refuse(text)),
  createScript: refuse,
  createScriptURL: refuse,
});

export {};
