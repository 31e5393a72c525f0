import type { Random } from "../../random.ts";
import type { Size } from "../backdrops.ts";

/** The subject of a picture, drawn around the origin within about ±260; wide pictures may use the room beside it. */
export interface Scene {
  /** `standing` on a ground line, `lying` seen from above, `outdoors` in a landscape. */
  place: "standing" | "lying" | "outdoors";
  /** Where things stand, for `standing`. */
  groundY?: number;
  /** Words of the sentence that choose the picture; without one of them it is not drawn. */
  words?: RegExp;
  draw(random: Random, size: Size): string;
}
