import { useRef } from "react";

/** A key for a POST: the same for each try of the same body, another one for another body. `done`: the next is new. */
export function useAttempt(): { keyFor: (body: object) => string; done: () => void } {
  const attempt = useRef({ of: "", key: "" });
  return {
    keyFor: (body) => {
      const of = JSON.stringify(body);
      if (attempt.current.of !== of) attempt.current = { of, key: crypto.randomUUID() };
      return attempt.current.key;
    },
    done: () => {
      attempt.current = { of: "", key: "" };
    },
  };
}
