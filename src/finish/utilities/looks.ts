import type { Color } from "../css/color.ts";
import type { Scheme } from "../css/palette.ts";

/** Text and ground of an element in one colour scheme; undefined where nobody here can say. */
export interface Look {
  text: Color | undefined;
  ground: Color | undefined;
}

export type Looks = Record<Scheme, Look>;

export const schemes = ["light", "dark"] as const;
