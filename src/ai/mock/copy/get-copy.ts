import type { Language } from "../../../design/brief/language.ts";
import type { Voice } from "../../../design/brief/voice.ts";
import type { Copy, Labels } from "./copy.ts";
import de from "./de.txt" with { type: "text" };
import en from "./en.txt" with { type: "text" };
import es from "./es.txt" with { type: "text" };
import fr from "./fr.txt" with { type: "text" };
import { parseCopy } from "./parse-copy.ts";
import pt from "./pt.txt" with { type: "text" };
import ru from "./ru.txt" with { type: "text" };
import tr from "./tr.txt" with { type: "text" };
import uk from "./uk.txt" with { type: "text" };

const sources: Record<Language, string> = { en, es, pt, fr, de, tr, ru, uk };
const parsed = new Map<Language, ReturnType<typeof parseCopy>>();

/** The words of one language, read from its table at first use. */
export function getCopy(language: Language, voice: Voice): { copy: Copy; labels: Labels } {
  let tables = parsed.get(language);
  if (tables === undefined) {
    tables = parseCopy(sources[language]);
    parsed.set(language, tables);
  }
  return { copy: tables.copy(voice), labels: tables.labels };
}
