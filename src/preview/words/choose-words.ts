import { ar } from "./ar.ts";
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
import type { PreviewWords } from "./words.ts";
import { zh } from "./zh.ts";

/** Everything the preview server can say, English first. */
const allWords: readonly PreviewWords[] = [en, ar, de, es, fr, hi, id, pt, ru, tr, uk, zh];

const maxHeaderLength = 200;

/**
 * The words to speak to a visitor in, by what the browser says they read: the language they like best of those we
 * have, else English.
 *
 * @param accepted An `Accept-Language` header.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4
 */
export function chooseWords(accepted: string | null): PreviewWords {
  let best: PreviewWords = en;
  let bestWeight = 0;
  for (const item of (accepted ?? "").slice(0, maxHeaderLength).toLowerCase().split(",")) {
    const [, primary = "", q = "1"] =
      /^\s*([a-z]{2,3})(?:-[a-z0-9-]*)?\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?$/.exec(item) ?? [];
    const words = allWords.find(({ language }) => language === primary);
    if (words === undefined || Number(q) <= bestWeight) continue;
    best = words;
    bestWeight = Number(q);
  }
  return best;
}
