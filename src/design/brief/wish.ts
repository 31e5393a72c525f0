/** What the person said about the look. */
export interface Wish {
  scheme?: "dark" | "light";
  /** Hue asked for, OKLCH degrees. */
  hue?: number;
  /** Black, white or grey and nothing else. */
  colorless?: boolean;
}

const hues: readonly (readonly [number, string])[] = [
  [25, "red|rojo|roja|rot|rote[nrsm]?|rouge|vermelh|красн|червон|kırmızı|rosso"],
  [50, "orange|naranja|laranja|оранжев|помаранч|turuncu|arancione"],
  [95, "yellow|amarill|gelb|jaune|amarel|ж[её]лт|жовт|sarı|giallo"],
  [145, "green|verde|grün|vert|verte|зел[её]н|yeşil"],
  [190, "teal|turquoise|turquesa|türkis|бирюз|бірюз|turkuaz"],
  [258, "blue|azul|blau|bleu|син(?:ий|яя|ем|ей|і|ій|ього)|голуб|блакит|mavi|lacivert|blu|navy"],
  [300, "purple|violet|morad|púrpura|lila|roxo|фиолетов|фіолетов|mor(?!\\p{L})"],
  [350, "pink|rosa|rose|розов|рожев|pembe"],
  [55, "brown|marrón|marrom|braun|marron|коричнев|kahverengi"],
];

const dark = "dark|oscur|escur|dunkel|dunkle|sombre|т[её]мн|темн|koyu|karanlık|night mode|scuro";
const light =
  "light|bright|clar[oa]|hell|helle[nrsm]?|clair|светл|світл|aydınlık|açık renk|white|weiß|blanc|bel(?:ый|ая)|бел|біл|beyaz|minimal";
const colorless =
  "monochrom|black and white|blanco y negro|schwarz-?weiß|noir et blanc|preto e branco|ч[её]рно-бел|чорно-біл|siyah beyaz";

const word = (words: string, whole = false): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})${whole ? "(?![\\p{L}\\p{N}])" : ""}`, "iu");

const huePatterns = hues.map(([hue, words]) => ({
  hue,
  pattern: word(words, /^(?:[a-z|[\]?ışüñçéèãõú]+)$/.test(words)),
}));
const [darkPattern, lightPattern, colorlessPattern] = [word(dark), word(light), word(colorless)];

/** Hue of a colour's name, OKLCH degrees. */
export function hueOf(name: string): number | undefined {
  return huePatterns.find(({ pattern }) => pattern.exec(name)?.index === 0)?.hue;
}

/** Reads the colours asked for; the name is left out of the text beforehand, or "Blue Door" would paint the page. */
export function readWish(text: string): Wish {
  const hue = huePatterns.find(({ pattern }) => pattern.test(text))?.hue;
  const wish: Wish = {};
  if (hue !== undefined) wish.hue = hue;
  if (colorlessPattern.test(text)) wish.colorless = true;
  if (darkPattern.test(text)) wish.scheme = "dark";
  else if (lightPattern.test(text)) wish.scheme = "light";
  return wish;
}
