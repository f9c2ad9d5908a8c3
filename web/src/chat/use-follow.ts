import { useCallback, useLayoutEffect, useRef, useState } from "react";

/** How near the end, in pixels, counts as there. */
const NEAR = 48;

/**
 * Keeps a log in its place: what is read doesn't move when older messages come above, and new ones are followed only by who is at
 * the end. `first`: number of what stands on top; `count` changes when something comes below.
 */
export function useFollow(first: number | undefined, count: number) {
  const ref = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const before = useRef({ first, height: 0 });
  const end = useRef(true);

  const onScroll = useCallback(() => {
    const log = ref.current;
    if (log === null) return;
    end.current = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
    setAtEnd(end.current);
    before.current.height = log.scrollHeight;
  }, []);

  const toEnd = useCallback(() => {
    const log = ref.current;
    if (log !== null) log.scrollTop = log.scrollHeight;
    onScroll();
  }, [onScroll]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what came below is why it runs
  useLayoutEffect(() => {
    const log = ref.current;
    if (log === null) return;
    const grewAbove = before.current.first !== undefined && before.current.first !== first;
    if (grewAbove && !end.current) log.scrollTop += log.scrollHeight - before.current.height;
    else if (end.current) log.scrollTop = log.scrollHeight;
    before.current = { first, height: log.scrollHeight };
  }, [first, count]);

  return { ref, atEnd, onScroll, toEnd };
}
