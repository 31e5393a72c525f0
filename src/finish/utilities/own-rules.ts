import type { Color } from "../css/color.ts";
import { Palette, type Scheme, schemeOf } from "../css/palette.ts";
import { type Rule, readRules } from "../css/rules.ts";
import type { StartToken } from "../token.ts";
import { type Look, type Looks, schemes } from "./looks.ts";

const black: Color = { mode: "rgb", r: 0, g: 0, b: 0 };
const white: Color = { mode: "rgb", r: 1, g: 1, b: 1 };
const roots = /^(?:html|body|:root)$/;
/** Have a colour of their own where no base style takes it from them. */
const selfColored = new Set(["a", "button", "input", "select", "textarea", "mark", "option"]);
/** With more rules of its own than this, a page gets no base style. */
const maxBaseChars = 3000;
const mostOnOne = 300;

/** What a page's own rules say of text and ground: of its root exactly, of all else only that they say something. */
export class OwnRules {
  readonly #touched = { text: new Set<string>(), ground: new Set<string>() };
  readonly #palette = new Palette();
  readonly #root: Record<Scheme, Partial<Record<keyof Look, string>>> = { light: {}, dark: {} };
  #hasDark = false;
  #chars = 0;

  add(css: string): void {
    if (/^@(?:layer|font-face|property|keyframes)/.test(css)) return;
    this.#chars += css.length;
    this.#hasDark ||= /color-scheme:[^;}]*dark/.test(css);
    const rules = readRules(css);
    this.#palette.add(rules);
    for (const rule of rules) {
      this.#note(rule, "text", /^color$/);
      this.#note(rule, "ground", /^background(?:-color|-image)?$/);
    }
  }

  rootLooks(): Looks {
    const look = (scheme: Scheme): Look => {
      const { text, ground } = this.#root[scheme];
      // The browser's own colours of dark pages are its own affair.
      const isBare = this.#hasDark && scheme === "dark";
      return {
        text: text === undefined ? (isBare ? undefined : black) : this.#palette.resolve(text, scheme),
        ground: ground === undefined ? (isBare ? undefined : white) : this.#palette.resolve(ground, scheme),
      };
    };
    return { light: look("light"), dark: look("dark") };
  }

  /** What an element has from around it, without what a rule or a style of its own may have changed. */
  inherit({ name, attributes }: StartToken, around: Looks): Looks {
    const from = name === "html" || name === "body" ? this.rootLooks() : around;
    const keys = ["*", name, `#${attributes.get("id")}`];
    for (const one of (attributes.get("class") ?? "").split(/\s+/, mostOnOne)) keys.push(`.${one}`);
    const style = attributes.get("style") ?? "";
    const isSelfColored = this.#chars > maxBaseChars && selfColored.has(name);
    const forgetsText = isSelfColored || /(?:^|;)\s*color\s*:/i.test(style) || this.#has("text", keys);
    const forgetsGround = /(?:^|;)\s*background/i.test(style) || this.#has("ground", keys);
    const look = ({ text, ground }: Look): Look => ({
      text: forgetsText ? undefined : text,
      ground: forgetsGround ? undefined : ground,
    });
    return { light: look(from.light), dark: look(from.dark) };
  }

  #has(kind: keyof Look, keys: readonly string[]): boolean {
    return keys.some((key) => this.#touched[kind].has(key));
  }

  #note(rule: Rule, kind: keyof Look, property: RegExp): void {
    const value = rule.declarations.findLast(({ name }) => property.test(name))?.value;
    if (value === undefined) return;
    const applies = schemeOf(rule);
    for (const selector of rule.selectors) {
      if (!roots.test(selector) || applies === undefined) this.#touched[kind].add(keyOf(selector));
      else for (const scheme of schemes.slice(schemes.indexOf(applies))) this.#root[scheme][kind] = value;
    }
  }
}

/** By what an element can be told that may be meant by a selector: a class of its last part, its id, or its name. */
function keyOf(selector: string): string {
  const last =
    selector
      .replace(/\([^()]*\)/g, "")
      .split(/[\s>+~]+/)
      .at(-1) ?? "";
  if (last.includes("::")) return "";
  const [specific] = /[.#](?:\\.|[\w-])+/.exec(last) ?? /^[\w-]+/.exec(last) ?? [];
  return specific?.replaceAll("\\", "") ?? "*";
}
