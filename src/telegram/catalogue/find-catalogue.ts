import { ar } from "./ar.ts";
import type { Catalogue } from "./catalogue.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { hi } from "./hi.ts";
import { id } from "./id.ts";
import { pt } from "./pt.ts";
import { ru } from "./ru.ts";
import { tr } from "./tr.ts";
import { uk } from "./uk.ts";
import { zh } from "./zh.ts";

/** By ISO 639-1 code, which is what `language_code` begins with. */
export const catalogues: Readonly<Record<string, Catalogue>> = { ar, de, en, es, fr, hi, id, pt, ru, tr, uk, zh };

/** The code of the language to speak to a person, English when we do not speak theirs. */
export function findLanguage(language: string | undefined): string {
  const primary = language?.toLowerCase().split("-", 1)[0] ?? "en";
  return Object.hasOwn(catalogues, primary) ? primary : "en";
}

export function findCatalogue(language: string | undefined): Catalogue {
  return catalogues[findLanguage(language)] ?? en;
}
