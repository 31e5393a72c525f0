import { findSection, type PageSection, readSections } from "../../page/sections.ts";
import type { Change } from "../../page/splice.ts";

const verbs =
  "move|put|place|bring|shift|verschiebe?|setze?|stelle?|bewege|mueve|pon|coloca|sube|baja|mova|mude|coloque|ponha|déplace[rz]?|mets|mettez|place[rz]?|перемести|поставь|перенеси|подними|опусти|перемісти|постав|pindahkan|letakkan|taruh";
const before =
  "above|before|over|on top of|in front of|vor|über|oberhalb(?: von)?|antes de|encima de|arriba de|por encima de|acima d[eoa]s?|antes d[eoa]s?|avant|au-dessus d[eu]s?|перед|над|выше|вище|sebelum|di atas";
const after =
  "below|after|under|underneath|beneath|behind|nach|hinter|unter|unterhalb(?: von)?|después de|debajo de|abajo de|depois d[eoa]s?|abaixo d[eoa]s?|après|sous|au-dessous d[eu]s?|после|под|ниже|нижче|після|під|setelah|sesudah|di bawah";
const top =
  "to the (?:very )?(?:top|beginning|start)|up to the top|first|(?:ganz )?nach oben|an den anfang|al (?:principio|inicio|comienzo)|arriba del todo|para o (?:topo|início|começo)|en haut|au début|в (?:самое )?начало|наверх|вверх|на початок|нагору|ke (?:paling )?atas";
const bottom =
  "to the (?:very )?(?:bottom|end)|down to the bottom|last|(?:ganz )?nach unten|ans ende|al final|abajo del todo|para o (?:fim|final)|en bas|à la fin|в (?:самый )?конец|вниз|в кінець|донизу|ke (?:paling )?bawah";

const relative = new RegExp(
  `^\\s*(?:please\\s+|bitte\\s+)?(?:${verbs})(?:те|ть|n)?\\s+(?<what>.{1,60}?)\\s+(?<where>${before}|${after})\\s+(?<other>.{1,60}?)\\s*[.!]?\\s*$`,
  "isu",
);
const absolute = new RegExp(
  `^\\s*(?:please\\s+|bitte\\s+)?(?:${verbs})(?:те|ть|n)?\\s+(?<what>.{1,60}?)\\s+(?<where>${top}|${bottom})\\s*[.!]?\\s*$`,
  "isu",
);
const isBefore = new RegExp(`^(?:${before})$`, "iu");
const isTop = new RegExp(`^(?:${top})$`, "iu");

/**
 * A section taken out here and put in there. `undefined` when the request asks for anything else, or does not name
 * sections of this page beyond doubt.
 */
export function moveSection(html: string, request: string): Change[] | undefined {
  const one = relative.exec(request)?.groups;
  const { what = "", where = "" } = one ?? absolute.exec(request)?.groups ?? {};
  if (what === "") return undefined;
  const sections = readSections(html);
  const moved = findSection(sections, what);
  if (moved === undefined) return undefined;
  if (one) {
    const other = findSection(sections, one["other"] ?? "");
    if (other === undefined || other === moved) return undefined;
    return move(html, moved, isBefore.test(where) ? other.start : other.end, isBefore.test(where));
  }
  const others = sections.filter(
    (section) => section !== moved && !/<h1[\s>]/i.test(html.slice(section.start, section.end)),
  );
  const [first, last] = [others[0], others.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return isTop.test(where) ? move(html, moved, first.start, true) : move(html, moved, last.end, false);
}

function move(html: string, { start, end }: PageSection, target: number, ahead: boolean): Change[] | undefined {
  if (target >= start && target <= end) return undefined;
  const gap = /^\s*/.exec(html.slice(end))?.[0] ?? "";
  // Already there: nothing but white space lies between.
  if (ahead ? target === end + gap.length : target === html.slice(0, start).trimEnd().length) return undefined;
  const source = html.slice(start, end);
  return [
    { start, end: end + gap.length, text: "" },
    { start: target, end: target, text: ahead ? `${source}${gap || "\n"}` : `${gap || "\n"}${source}` },
  ];
}
