export interface Item {
  title: string;
  text: string;
  /** Price, time, year or length. */
  meta: string;
}

interface Passage {
  title: string;
  text: string;
}

/** What a page of one kind can say in one language. Lists with several entries are alternatives or sets to draw from. */
export interface Copy {
  names: readonly string[];
  kicker: string;
  headlines: readonly string[];
  leads: readonly string[];
  action: string;
  /** Name of the list in the navigation, and its heading. */
  listLabel: string;
  listTitle: string;
  items: readonly Item[];
  pointsTitle: string;
  points: readonly Passage[];
  storyTitle: string;
  story: readonly string[];
  figures: readonly { value: string; label: string }[];
  quotes: readonly { text: string; by: string }[];
  questions: readonly Passage[];
  visit: Passage;
  words: readonly string[];
}

/** Labels of the page itself, the same on every kind. */
export type Labels = Record<(typeof labelNames)[number], string>;

export const labelNames = [
  "skip",
  "menu",
  "about",
  "gallery",
  "voices",
  "faq",
  "contact",
  "hours",
  "address",
  "phone",
  "email",
  "date",
  "place",
  "write",
  "call",
  "top",
  "weekdays",
  "saturday",
  "sunday",
  "closed",
  "illustration",
  "month",
] as const;
