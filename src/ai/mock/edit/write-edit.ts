import { detectLanguage, type Language } from "../../../design/brief/language.ts";
import { readWish } from "../../../design/brief/wish.ts";
import { html } from "../../../design/markup.ts";
import { OutputError } from "../../../errors.ts";
import { findSection, readSections } from "../../../page/sections.ts";
import { type Change, splice } from "../../../page/splice.ts";
import { visibleText } from "../../../page/visible-text.ts";
import type { GenerationRequest } from "../../provider.ts";
import { addSection, removeSection } from "./change-sections.ts";
import { writeBlocks } from "./edit-blocks.ts";
import { editWords } from "./edit-words.ts";
import { recolor } from "./recolor.ts";
import { readTargetLanguage, translatePage } from "./translate.ts";

const please =
  "^\\s*(?:please,?\\s+|bitte\\s+|por favor,?\\s+|s'il (?:te|vous) pla[iî]t,?\\s+|пожалуйста,?\\s+|будь ласка,?\\s+|lütfen\\s+)?";
const removing = new RegExp(
  `${please}(?:remove|delete|drop|take out|get rid of|entferne?|lösche?|streiche?|quita|elimina|borra|remova|tire|apague|supprime[rz]?|enlève|retire|удали(?:те)?|убери(?:те)?|видали|прибери|kaldır|sil)\\s+(.{1,80})$`,
  "isu",
);
const adding = new RegExp(
  `${please}(?:add|insert|include|put in|füge?|ergänze?|añade|agrega|incluye|adicione|acrescente|inclua|ajoute[rz]?|insère|добавь(?:те)?|вставь|додай(?:те)?|ekle)\\s+(.{1,200})$`,
  "isu",
);
const naming =
  /(?:(?:call|name) (?:it|the (?:page|site|shop))|rename (?:it|the (?:page|site|shop)) (?:to|as)|(?:the |new )?(?:title|headline|name)(?: (?:is|to|should be))?:?|nenne? (?:es|sie|die seite)|(?:der )?(?:titel|name)(?: ist| soll)?:?|ll[aá]mal[oa]|(?:el )?(?:título|nombre)(?: es)?:?|chame(?: de)?|(?:le )?(?:titre|nom)(?: est)?:?|appelle-l[ae]|назови(?:те)? (?:её|его|страницу)?|название:?|назви (?:її|його|сторінку)?|назва:?|adı(?:nı)?:?)\s*["“„«']?([\p{Lu}\p{N}].{0,80}?)["”“»']?[.!]?\s*$/iu;
const thing =
  /^(?:a |an |the |another |new |some |einen? |eine |ein |den |die |das |neuen? |una? |la |el |una nueva |uma? |une? |le |la |les |ещё |новый |новую |нов\p{L}* |bir )*(?:(?:section|part|block|paragraph|abschnitt|bereich|sección|seção|bloc|раздел|секци[юя]|блок|розділ|секці[юя]|bölüm)\s*)?(?:(?:about|on|with|for|called|über|mit|zu|sobre|con|de|com|sur|avec|о|об|про|с|со|з|із|для|hakkında)\s+)?/iu;

/**
 * A change as a model would reply to it: one sentence and blocks, or the whole page when that was asked for.
 *
 * @throws {OutputError} `refused`, with what it does know, when the request is none of it.
 */
export function writeEdit({ edit, prompt, pictures = [] }: GenerationRequest): string {
  const page = edit?.pages.get("index.html") ?? "";
  const placed = pictures.length > 0 ? placePicture(page) : undefined;
  const { changes, summary } = placed ?? change(page, prompt);
  if (edit?.rewrite) return splice(page, changes);
  return `${summary}\n\n${writeBlocks(page, changes)}`;
}

interface Edit {
  changes: readonly Change[];
  summary: string;
}

/** The first of the person's pictures takes the place of the one on the first screen. */
function placePicture(page: string): Edit | undefined {
  const opening = '<div class="crop">';
  const start = page.indexOf(opening) + opening.length;
  const end = page.indexOf("</div>", start);
  if (start < opening.length || end < 0) return undefined;
  const alt = /<title>([^<]*)<\/title>/.exec(page)?.[1]?.replaceAll('"', "&quot;") ?? "";
  const fit = "display:block;width:100%;height:100%;object-fit:cover";
  const text = `<img data-slot="photo-1" alt="${alt}" style="${fit}">`;
  return { changes: [{ start, end, text }], summary: wordsOf(page, "").pictured };
}

function change(page: string, request: string): Edit {
  const words = wordsOf(page, request);
  const say = (template: string, what = "") => template.replace("{}", () => what);

  const sections = readSections(page);
  const removed = findSection(sections, removing.exec(request)?.[1] ?? "");
  if (removed) return { changes: removeSection(page, removed), summary: say(words.removed, removed.title) };

  const added = adding
    .exec(request)?.[1]
    ?.replace(thing, "")
    .replace(/(?:\s+(?:hinzu|ein))?[.!\s]*$/iu, "")
    .trim();
  if (added) {
    const title = added.charAt(0).toUpperCase() + added.slice(1, 60);
    const { body } = wordsOf(page, "");
    return { changes: addSection(page, title, body), summary: say(words.added, title) };
  }

  const name = naming.exec(request)?.[1]?.trim();
  // The pattern ignores case; a name does not: "make the headline more exciting" gives none.
  if (name && /^[\p{Lu}\p{Lo}\p{N}]/u.test(name))
    return { changes: retitle(page, name), summary: say(words.retitled, name) };

  const language = readTargetLanguage(request);
  const translated = language === undefined ? [] : translatePage(page, language);
  if (language && translated.length > 0) return { changes: translated, summary: editWords[language].translated };

  const wish = readWish(request);
  const recolored = Object.keys(wish).length > 0 ? recolor(page, wish) : [];
  const shade = wish.scheme === "dark" ? words.darker : words.lighter;
  if (recolored.length > 0)
    return { changes: recolored, summary: wish.scheme && wish.hue === undefined ? shade : words.recolored };

  throw new OutputError(
    "The built-in mock makes simple changes only: a text for another, a telephone number or mail address that the page has, darker, lighter, a colour, a new title, the order of sections, a section added or removed, another language. Set AI_PROVIDER for any other.",
    { reason: "refused" },
  );
}

/** In the language of the request; three words are too few to tell one by, then it is that of the page. */
function wordsOf(page: string, request: string) {
  const own = /<html[^>]*\slang="([a-z]{2})/.exec(page)?.[1] ?? "";
  const short = request.split(/\s+/u).length < 4 && Object.hasOwn(editWords, own);
  return editWords[short ? (own as Language) : detectLanguage(request)];
}

/** The name wherever the page says it: title, first heading, header, footer. */
function retitle(page: string, name: string): Change[] {
  const heading = /<h1(?:\s[^>]*)?>([\s\S]*?)<\/h1>/i.exec(page);
  const old = visibleText(heading?.[1] ?? "");
  const written = html`${name}`.text;
  if (!heading || old === "") return [];
  const source = html`${old}`.text;
  const changes: Change[] = [];
  for (let at = page.indexOf(source); at >= 0; at = page.indexOf(source, at + source.length)) {
    const before = page[at - 1] ?? "";
    const after = page[at + source.length] ?? "";
    if (/[>"\s]/.test(before) && /[<"\s,.!?–—-]/.test(after))
      changes.push({ start: at, end: at + source.length, text: written });
  }
  const start = heading.index + heading[0].indexOf(">") + 1;
  const inHeading = changes.some((one) => one.start >= start && one.start < start + (heading[1] ?? "").length);
  return inHeading ? changes : [...changes, { start, end: start + (heading[1] ?? "").length, text: written }];
}
