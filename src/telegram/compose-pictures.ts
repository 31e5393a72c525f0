import type { Catalogue } from "./catalogue/catalogue.ts";
import { asInteger, asObjects } from "./json-object.ts";

/** The most that is told of: an album's pictures. */
const mostTold = 10;

/** Which pictures are not on the page, and why: a line for each. */
export function composeUnusedPictures({ pictures }: Catalogue, payload: Record<string, unknown>): string {
  return asObjects(payload["unused"])
    .slice(0, mostTold)
    .map(({ number, problem }) => {
      const key = problem === "too_large" || problem === "unavailable" ? problem : "unreadable";
      return pictures[key].replace("{number}", String(asInteger(number) ?? 1));
    })
    .join("\n");
}
