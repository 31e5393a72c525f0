import { readColor } from "../css/color.ts";
import { type Literal, readLiteral } from "./literal.ts";

/** How far into the document a configuration is looked for. */
const maxHeadChars = 1 << 17;
/** What begins the body, also of a page that does not mark it. */
const bodyOpener = /<(?:body|header|main|nav|section|div|h1)[\s>]/i;
const longestOpener = "<section".length;
const maxConfigChars = 20_000;
const mostEntries = 400;
const namePattern = /^[a-z][\w-]{0,40}$/i;
const fontPattern = /^[\w][\w -]{0,60}$/;

/**
 * Colours and fonts of its own that a page gives to Tailwind: in the configuration for the script that does not run here, or
 * in an `@theme` block. Read from the document as the model wrote it, before the sanitizer takes both out; only what
 * proves to be a colour or the name of a font gets through.
 */
export class PageTheme {
  /** What was seen of the head, in pieces: put together once, or each piece would cost as much as all before it. */
  #pieces: string[] | undefined = [];
  #length = 0;
  #tail = "";
  #css = "";

  /** The next piece of the hostile document. What is said after the head began its body is not looked at. */
  see(html: string): void {
    if (this.#pieces === undefined) return;
    this.#pieces.push(html);
    this.#length += html.length;
    const searched = this.#tail + html;
    const body = searched.search(bodyOpener);
    this.#tail = searched.slice(-longestOpener);
    if (body >= 0) this.#finish(this.#length - searched.length + body);
    else if (this.#length > maxHeadChars) this.#finish(maxHeadChars);
  }

  /** Whether nothing that comes can change the theme. */
  get isKnown(): boolean {
    return this.#pieces === undefined;
  }

  end(): void {
    this.#finish(this.#length);
  }

  /** Declarations for an `@theme` block; `""` if the page has no theme of its own. */
  get css(): string {
    return this.#css;
  }

  #finish(end: number): void {
    if (this.#pieces === undefined) return;
    const head = this.#pieces.join("").slice(0, end);
    this.#pieces = undefined;
    const declared = [...fromConfig(head), ...fromThemeBlocks(head)].slice(0, mostEntries);
    this.#css = declared.map(([name, value]) => `${name}:${value};`).join("");
  }
}

type Declared = readonly [name: string, value: string];

function fromConfig(head: string): Declared[] {
  const at = /tailwind\.config\s*=\s*(?=\{)/.exec(head);
  if (at === null) return [];
  const start = at.index + at[0].length;
  const config = readLiteral(head.slice(start, start + maxConfigChars));
  const theme = child(config, "theme");
  return [theme, child(theme, "extend")].flatMap((part) => [
    ...colors(child(part, "colors"), "--color"),
    ...fonts(child(part, "fontFamily")),
  ]);
}

function fromThemeBlocks(head: string): Declared[] {
  const blocks = [...head.matchAll(/@theme\b[^{}]*\{([^{}]*)\}/g)].map(([, body = ""]) => body);
  return blocks
    .flatMap((body) => [...body.matchAll(/--(color|font)-([\w-]+)\s*:\s*([^;{}]+)/g)])
    .flatMap(([, kind, name = "", value = ""]) =>
      kind === "color" ? color(`--color-${name}`, value) : font(`--font-${name}`, value.split(",")),
    );
}

function child(literal: Literal | undefined, name: string): Literal | undefined {
  return literal instanceof Map ? literal.get(name) : undefined;
}

function colors(literal: Literal | undefined, path: string): Declared[] {
  if (typeof literal === "string") return color(path, literal);
  return [...(literal ?? [])].flatMap(([name, value]) => {
    if (name === "DEFAULT") return colors(value, path);
    return namePattern.test(name) || /^\d{2,3}$/.test(name) ? colors(value, `${path}-${name}`) : [];
  });
}

function color(name: string, value: string): Declared[] {
  const text = value.trim();
  return name !== "--color" && readColor(text) ? [[name, text]] : [];
}

function fonts(literal: Literal | undefined): Declared[] {
  if (!(literal instanceof Map)) return [];
  return [...literal].flatMap(([name, value]) => {
    if (!namePattern.test(name)) return [];
    const families = typeof value === "string" ? value.split(",") : [...value.values()];
    return font(
      `--font-${name}`,
      families.filter((family) => typeof family === "string"),
    );
  });
}

function font(name: string, families: readonly string[]): Declared[] {
  const named = families
    .map((family) => family.trim().replace(/^["']|["']$/g, ""))
    .filter((family) => fontPattern.test(family));
  const generic = /^(?:serif|sans-serif|monospace|cursive|system-ui|ui-[\w-]+)$/;
  const list = named.map((family) => (generic.test(family) ? family : `"${family}"`)).join(",");
  return list === "" ? [] : [[name, list]];
}
