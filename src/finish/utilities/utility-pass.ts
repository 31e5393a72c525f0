import type { Pass, StartToken, Token } from "../token.ts";
import type { UtilityCompiler } from "./utility-compiler.ts";
import { createUtilitySheet } from "./utility-sheet.ts";

type Next = (token: Token) => void;

/** Style elements may not stand directly in these, so their content waits and the rules go in front. */
const kept = new Set(["ul", "ol", "dl", "table", "select", "svg", "picture", "menu"]);
/** Tokens that wait for the end of such an element; past this its rules stand inside. */
const mostHeld = 4000;
/** Classes of one element that are looked at. */
const mostOnOne = 300;
/** A page with rules of its own for everything gets no base style that would undo them. */
const maxOwnCssChars = 3000;

/**
 * Compiles utility classes as the page uses them: rules that are new stand in a small style element in front of the
 * first element that needs them, so that no part of the page is ever shown without its style. Classes for which the
 * page has rules of its own are left to it. Until it has a compiler it only remembers what it saw.
 *
 * @param fontsFor Rules for the fonts that compiled rules name.
 */
export function createUtilityPass(fontsFor: (css: string) => string): Pass & { use(compiler: UtilityCompiler): void } {
  const own = new Set<string>();
  const sheet = createUtilitySheet();
  let ownCssChars = 0;
  /** What waits between the head's content and the body: its end, and the classes of the root. */
  let head: Token | undefined;
  let root: StartToken | undefined;
  let held: { name: string; depth: number; tokens: Token[]; css: string } | undefined;

  const noteOwn = (css: string): void => {
    if (css.startsWith("@font-face{") || css.startsWith("@layer guard{")) return;
    ownCssChars += css.length;
    for (const [, name = ""] of css.matchAll(/\.((?:\\.|[\w-]|[^\0-\x7f])+)/g)) own.add(name.replace(/\\(.)/g, "$1"));
  };

  const rulesFor = (token: StartToken): string => {
    const classes = token.attributes.get("class");
    if (classes === undefined) return "";
    const names = classes.split(/\s+/, mostOnOne).filter((name) => name !== "" && !own.has(name));
    return sheet.rulesFor(names, { base: ownCssChars <= maxOwnCssChars });
  };

  const emit = (css: string, next: Next): void => {
    if (css === "") return;
    for (const sheet of [fontsFor(css), css])
      if (sheet !== "") next({ kind: "style", attributes: new Map(), css: sheet, foreign: false });
  };

  const release = (next: Next): void => {
    const waiting = held;
    held = undefined;
    if (waiting === undefined) return;
    emit(waiting.css, next);
    for (const token of waiting.tokens) next(token);
  };

  const hold = (token: Token, next: Next): void => {
    if (held === undefined) return;
    held.tokens.push(token);
    if (token.kind === "start") {
      held.css += rulesFor(token);
      if (token.name === held.name) held.depth++;
    } else if (token.kind === "end" && token.name === held.name) held.depth--;
    if (held.depth === 0 || held.tokens.length > mostHeld) release(next);
  };

  const start = (token: StartToken, next: Next): void => {
    if (token.name === "html") root = token;
    else if (token.name === "body" && head) {
      // The rules of the root's and the body's own classes belong into the head.
      emit((root ? rulesFor(root) : "") + rulesFor(token), next);
      next(head);
      head = undefined;
    } else emit(rulesFor(token), next);
    if (kept.has(token.name)) held = { name: token.name, depth: 1, tokens: [token], css: "" };
    else next(token);
  };

  return {
    use: (compiler) => sheet.use(compiler),
    see(token, next) {
      if (token.kind === "style") noteOwn(token.css);
      if (held) hold(token, next);
      else if (token.kind === "end" && token.name === "head" && !token.foreign) head = token;
      else if (token.kind === "start") start(token, next);
      else next(token);
    },
    end(next) {
      release(next);
      if (head) next(head);
    },
  };
}
