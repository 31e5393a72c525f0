import type { Brief } from "../../../design/brief/brief.ts";
import type { Direction } from "../../../design/direction/direction.ts";
import type { Markup } from "../../../design/markup.ts";
import type { Random } from "../../../design/random.ts";
import type { Copy, Labels } from "../copy/copy.ts";

/** All that the parts of one page are written from. */
export interface PageContext {
  brief: Brief;
  copy: Copy;
  labels: Labels;
  direction: Direction;
  random: Random;
  /** Name of the business, the couple, the event; given or invented. */
  name: string;
  /** Kind of business and, when given, the place. */
  kicker: string;
  /** A sentence or two on what it is; the person's own, where they tell of themselves. */
  lead: string;
  /** Number of the person's picture for the first screen; without it one is drawn. */
  picture: number | undefined;
  /** Where messages go: the address given, else one under a domain that cannot exist. */
  email: string;
}

/** One section of the page with the styles it needs. */
export interface Section {
  id: string;
  /** Its entry in the navigation; sections without one are not listed. */
  label?: string;
  html: Markup;
  css: string;
  /** A ground of its own, when the section asks for one. */
  tone?: "band" | "surface";
}
