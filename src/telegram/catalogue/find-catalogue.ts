import type { Catalogue } from "./catalogue.ts";
import { en } from "./en.ts";

/** By BCP 47 primary language. */
export const catalogues: Readonly<Record<string, Catalogue>> = { en };

/** The catalogue of a person's language, English when there is none. */
export function findCatalogue(language: string | undefined): Catalogue {
  const primary = language?.toLowerCase().split("-", 1)[0] ?? "en";
  return (Object.hasOwn(catalogues, primary) && catalogues[primary]) || en;
}
