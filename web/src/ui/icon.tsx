import styles from "./icon.module.css";

/** Our own few icons: 24 × 24, strokes in the text's colour. */
const PATHS = {
  alert:
    "M12 8v5m0 3.5v.01M10.3 3.9 2.5 17.5A2 2 0 0 0 4.2 20.5h15.6a2 2 0 0 0 1.7-3L13.7 3.9a2 2 0 0 0-3.4 0Z",
  attach:
    "m20.5 11.5-8.6 8.6a5.5 5.5 0 0 1-7.8-7.8l8.8-8.8a3.7 3.7 0 0 1 5.2 5.2l-8.8 8.8a1.8 1.8 0 0 1-2.6-2.6l8.2-8.2",
  back: "M19 12H5m6 6-6-6 6-6",
  bell: "M6 9.5a6 6 0 0 1 12 0c0 5.5 2 7 2 7H4s2-1.5 2-7M10 20a2.3 2.3 0 0 0 4 0",
  chart: "M4 20h16M7 20v-7m5 7V5m5 15v-10",
  chat: "M20.5 12a7.5 7.5 0 0 1-7.5 7.5H4l2-3A7.5 7.5 0 1 1 20.5 12Z",
  check: "m5 12.5 4.5 4.5L19 7.5",
  chevron: "m6 9.5 6 6 6-6",
  clock: "M12 7v5l3 2m6-2a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z",
  close: "M6 6l12 12M18 6 6 18",
  edit: "M4 20h4L19 9a2.1 2.1 0 0 0-4-4L4 16v4Zm9.5-13.5 4 4",
  eye: "M2.5 12s3.5-6.5 9.5-6.5S21.5 12 21.5 12s-3.5 6.5-9.5 6.5S2.5 12 2.5 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
  filter: "M4 6h16M7 12h10m-7 6h4",
  home: "M4 11.5 12 4.5l8 7V19a1 1 0 0 1-1 1h-4.5v-5.5h-5V20H5a1 1 0 0 1-1-1Z",
  inbox:
    "M3.5 13.5h5l1.5 3h4l1.5-3h5M5.7 5.2 3.5 13.5V18a1.5 1.5 0 0 0 1.5 1.5h14a1.5 1.5 0 0 0 1.5-1.5v-4.5l-2.2-8.3a1 1 0 0 0-1-.7H6.7a1 1 0 0 0-1 .7Z",
  info: "M12 11v5.5M12 7.5v.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z",
  keyboard:
    "M4 6h16a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 20 18H4a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 4 6Zm2.5 4v.01M10 10v.01M14 10v.01M17.5 10v.01M8.5 14h7",
  lock: "M7 11V8a5 5 0 0 1 10 0v3M6 11h12a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1Z",
  mail: "M4 6h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1Zm-.5 1.5 8.5 6 8.5-6",
  menu: "M4 7h16M4 12h16M4 17h16",
  next: "M5 12h14m-6-6 6 6-6 6",
  offline:
    "M3 3l18 18M8.5 16.4a5 5 0 0 1 7 0M5 12.9a10 10 0 0 1 4-2.4m5.5-.1A10 10 0 0 1 19 12.9M2 8.8a15 15 0 0 1 4-2.6m5-1.1a15 15 0 0 1 11 3.7M12 20v.01",
  people:
    "M15.5 20v-1.5a4 4 0 0 0-4-4h-5a4 4 0 0 0-4 4V20M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm12.5 9v-1.5a4 4 0 0 0-3-3.9M15.5 4.2a3.5 3.5 0 0 1 0 6.7",
  person:
    "M19.5 20v-1.5a4.5 4.5 0 0 0-4.5-4.5H9a4.5 4.5 0 0 0-4.5 4.5V20M12 10.5a3.7 3.7 0 1 0 0-7.4 3.7 3.7 0 0 0 0 7.4Z",
  plus: "M12 5v14M5 12h14",
  refresh: "M20 11a8 8 0 0 0-14.5-3.6L4 9m0-5v5h5M4 13a8 8 0 0 0 14.5 3.6L20 15m0 5v-5h-5",
  report:
    "M14 3.5H7A1.5 1.5 0 0 0 5.5 5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8L14 3.5ZM14 3.5V8h4.5M9 13h6m-6 3.5h6",
  search: "m20 20-4.3-4.3M18 11a7 7 0 1 1-14 0 7 7 0 0 1 14 0Z",
  send: "M20.5 3.5 10 14m10.5-10.5-6.5 17-4-6.5-6.5-4Z",
  shield: "M12 21s7.5-3.5 7.5-9.5V5.5L12 3 4.5 5.5v6C4.5 17.5 12 21 12 21Z",
  signOut:
    "M14 8V5.5A1.5 1.5 0 0 0 12.5 4h-7A1.5 1.5 0 0 0 4 5.5v13A1.5 1.5 0 0 0 5.5 20h7a1.5 1.5 0 0 0 1.5-1.5V16m-4-4h11m-3-3 3 3-3 3",
  ticket:
    "M4 6.5h16a1 1 0 0 1 1 1V10a2 2 0 0 0 0 4v2.5a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V14a2 2 0 0 0 0-4V7.5a1 1 0 0 1 1-1ZM14.5 7v2.5m0 2v1m0 2V17",
} as const;

export type IconName = keyof typeof PATHS;

/** Arrows point the way one reads. */
const MIRRORED: ReadonlySet<IconName> = new Set(["back", "next", "send", "signOut"]);

/** A picture beside words that say the same: assistive technology leaves it out. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      className={MIRRORED.has(name) ? styles.mirrored : styles.icon}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
