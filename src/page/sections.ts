import { visibleText } from "./visible-text.ts";

/** A section of a page that stands beside others, and what people may call it. */
export interface PageSection {
  start: number;
  end: number;
  id: string;
  /** As it is written: heading, else label, else id. */
  title: string;
  /** Lower case: id, label, heading, link in the navigation. */
  names: readonly string[];
}

const sectionTag = /<(\/?)section(?:\s[^>]*)?>/gi;
const idAttribute = /\sid="([^"]*)"/;
const labelAttribute = /\saria-label="([^"]*)"/;
const heading = /<h[1-4](?:\s[^>]*)?>([\s\S]*?)<\/h[1-4]>/i;

/**
 * What people call the usual sections, in the languages we speak. Names in one row are one thing: who asks for the
 * reviews means the section with the id `testimonials`.
 */
const synonyms: readonly string[][] = [
  "reviews|review|testimonials|testimonial|quotes|voices|bewertungen|kundenstimmen|stimmen|reseñas|opiniones|testimonios|avaliações|depoimentos|avis|témoignages|отзывы|відгуки|yorumlar|ulasan|评价|评论|التقييمات|समीक्षाएँ",
  "menu|list|speisekarte|karte|menú|carta|cardápio|carte|меню|menü|daftar menu|菜单|القائمة|मेनू",
  "faq|questions|question|fragen|preguntas|perguntas|вопросы|питання|sorular|pertanyaan|常见问题|الأسئلة|प्रश्न",
  "contact|visit|kontakt|besuch|contacto|contato|контакты|контакт|контакти|iletişim|kontak|联系|联系我们|اتصل|संपर्क",
  "gallery|photos|pictures|galerie|fotos|bilder|galería|galeria|галерея|фото|galeri|图库|相册|معرض|गैलरी",
  "about|story|about us|über uns|geschichte|nosotros|historia|sobre|história|à propos|histoire|о нас|история|про нас|історія|hakkımızda|hikaye|tentang|关于|关于我们|من نحن|हमारे बारे में",
  "prices|pricing|price list|preise|preisliste|precios|preços|tarifs|prix|цены|ціни|fiyatlar|harga|价格|الأسعار|मूल्य",
  "features|points|benefits|vorteile|ventajas|vantagens|avantages|преимущества|переваги|özellikler|keunggulan|特点|المزايا|विशेषताएँ",
].map((row) => row.split("|"));

/** More sections than a person would tell apart by name. */
const mostSections = 100;

/** The outermost sections, in order; none where there are too many to be named. */
export function readSections(html: string): PageSection[] {
  const sections: PageSection[] = [];
  const links = linksByTarget(html);
  let depth = 0;
  let start = 0;
  for (const { index, 0: source, 1: slash } of html.matchAll(sectionTag)) {
    if (slash === "") {
      if (depth === 0) start = index;
      depth++;
    } else if (--depth === 0) sections.push(describe(html, start, index + source.length, links));
    if (sections.length > mostSections) return [];
  }
  return sections;
}

function linksByTarget(html: string): Map<string, string[]> {
  const links = new Map<string, string[]>();
  for (const [, id = "", text = ""] of html.matchAll(/<a\s[^>]*?href="#([^"]+)"[^>]*>([^<]*)<\/a>/g))
    links.set(id, [...(links.get(id)?.slice(0, 9) ?? []), text]);
  return links;
}

function describe(html: string, start: number, end: number, links: ReadonlyMap<string, string[]>): PageSection {
  const source = html.slice(start, end);
  const opening = source.slice(0, source.indexOf(">") + 1);
  const id = idAttribute.exec(opening)?.[1] ?? "";
  const [label = "", head = ""] = [labelAttribute.exec(opening)?.[1] ?? "", heading.exec(source)?.[1] ?? ""].map(
    visibleText,
  );
  const called = [id, label, head, ...(links.get(id) ?? []).map(visibleText)];
  const names = called.map((name) => name.toLowerCase()).filter((name) => name !== "");
  return { start, end, id, title: head || label || id, names: [...new Set(names)] };
}

const articles =
  /^(?:the|our|my|die|der|das|den|unsere?|el|la|los|las|nuestr[oa]s?|o|a|os|as|nossos?|le|les|nos|notre)\s+|^l['’]/iu;
const kindOfThing =
  /\s*(?:section|part|block|area|abschnitt|bereich|sección|seção|secção|bloc|раздел|секци[юяи]|блок|розділ|секці[юя]|bölümü?n?ü?|bagian|部分|قسم|अनुभाग)$/iu;

/** The one section that is called so; `undefined` when none is or several are. */
export function findSection(sections: readonly PageSection[], called: string): PageSection | undefined {
  const name = called
    .trim()
    .toLowerCase()
    .replace(/^["“„«'‘]+|["”“»'’.,!]+$/gu, "")
    .replace(articles, "")
    .replace(kindOfThing, "")
    .replace(/^(?:section|abschnitt|sección|seção|раздел|розділ|bagian)\s+/iu, "")
    .trim();
  if (name === "") return undefined;
  const own = sections.filter(({ names }) => names.includes(name));
  if (own.length > 0) return own.length === 1 ? own[0] : undefined;
  const group = synonyms.find((row) => row.includes(name)) ?? [];
  const meant = sections.filter(({ names }) => names.some((one) => group.includes(one)));
  if (meant.length > 0) return meant.length === 1 ? meant[0] : undefined;
  const partly = sections.filter(({ names }) => names.some((one) => ` ${one} `.includes(` ${name} `)));
  return partly.length === 1 ? partly[0] : undefined;
}
