import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { Problem } from "../api/problem";
import { configQuery } from "../api/queries";
import { send } from "./uploads";

export interface Upload {
  key: string;
  name: string;
  size: number;
  /** From 0 to 1. */
  progress: number;
  state: "sending" | "ready" | "failed";
  /** The API's, once it is ready. */
  id: string | null;
  error: unknown;
}

export interface Uploads {
  items: Upload[];
  /** Ids of the files that have arrived. */
  ready: string[];
  sending: boolean;
  add: (files: File[]) => void;
  remove: (key: string) => void;
  again: (key: string) => void;
  clear: () => void;
  /** Files that have arrived and were to go with something that was taken back. */
  restore: (arrived: Upload[]) => void;
}

interface Source {
  file: File;
  abort: AbortController;
}

const LARGEST = 25 * 2 ** 20;

/** Files that go to the store while somebody still writes; each can be cancelled and tried again. */
export function useUploads(ticketId: string): Uploads {
  const { data: config } = useQuery(configQuery);
  const largest = config?.limits.attachment_bytes ?? LARGEST;
  const [items, setItems] = useState<Upload[]>([]);
  const sources = useRef(new Map<string, Source>());

  const change = useCallback((key: string, to: Partial<Upload>) => {
    setItems((before) => before.map((item) => (item.key === key ? { ...item, ...to } : item)));
  }, []);
  const start = useCallback(
    async (key: string, file: File) => {
      const abort = new AbortController();
      sources.current.set(key, { file, abort });
      change(key, { state: "sending", progress: 0, error: null });
      try {
        const id = await send(ticketId, file, {
          hold: true,
          signal: abort.signal,
          onProgress: (progress) => change(key, { progress }),
        });
        change(key, { state: "ready", progress: 1, id });
      } catch (error) {
        if (!abort.signal.aborted) change(key, { state: "failed", error });
      }
    },
    [ticketId, change],
  );
  const add = useCallback(
    (files: File[]) => {
      const added = files.map((file) => ({ key: crypto.randomUUID(), file }));
      setItems((before) => [...before, ...added.map(({ key, file }) => fresh(key, file, largest))]);
      for (const { key, file } of added) if (refusal(file, largest) === null) void start(key, file);
    },
    [largest, start],
  );
  const remove = useCallback((key: string) => {
    sources.current.get(key)?.abort.abort();
    sources.current.delete(key);
    setItems((before) => before.filter((item) => item.key !== key));
  }, []);
  const again = useCallback(
    (key: string) => {
      const source = sources.current.get(key);
      if (source !== undefined) void start(key, source.file);
    },
    [start],
  );
  const clear = useCallback(() => {
    sources.current.clear();
    setItems([]);
  }, []);
  const restore = useCallback(
    (arrived: Upload[]) =>
      setItems((before) => [
        ...before.filter((item) => !arrived.some((each) => each.key === item.key)),
        ...arrived,
      ]),
    [],
  );
  useEffect(() => {
    const started = sources.current;
    return () => {
      for (const { abort } of started.values()) abort.abort();
    };
  }, []);
  return {
    items,
    ready: items.flatMap((item) => (item.id === null ? [] : [item.id])),
    sending: items.some((item) => item.state === "sending"),
    add,
    remove,
    again,
    clear,
    restore,
  };
}

function refusal(file: File, largest: number): Problem | null {
  if (file.size === 0 || file.size > largest) return new Problem(file.size === 0 ? 422 : 413, {});
  return null;
}

function fresh(key: string, file: File, largest: number): Upload {
  const error = refusal(file, largest);
  const state = error === null ? "sending" : "failed";
  return { key, name: file.name, size: file.size, progress: 0, state, id: null, error };
}
