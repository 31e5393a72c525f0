import { encodeAttribute } from "../references.ts";
import type { FinishTally } from "../report.ts";
import type { Attributes, Pass, StartToken, Token } from "../token.ts";
import { findIcon } from "./icon-set.ts";

type Next = (token: Token) => void;

/** Attributes that say how the element looks and what it means; the drawing in its place says the same. */
const inherited = ["id", "class", "style", "title", "data-icon"];
/** A name that is in no set costs a look at all of them. */
const mostIcons = 1000;
const carriers = new Set(["i", "span", "em", "b", "div"]);

/**
 * Draws icons where the page names them: `<i data-icon="coffee"></i>`, and what is written for the icon fonts and
 * scripts that do not run here. An element with nothing in it becomes the drawing; before other content the drawing
 * is put. A name that means nothing leaves no gap.
 */
export function createIconPass(tally: FinishTally): Pass {
  let names = 0;
  let waiting: { element: StartToken; name: string; ligature: boolean; text: string } | undefined;

  const find = (name: string): string | undefined => (names++ < mostIcons ? findIcon(name) : undefined);

  const release = (next: Next): void => {
    const held = waiting;
    waiting = undefined;
    if (held === undefined) return;
    next(held.element);
    if (held.text !== "") next({ kind: "text", html: held.text });
  };

  const fill = (next: Next): void => {
    const held = waiting;
    waiting = undefined;
    if (held === undefined) return;
    const name = held.ligature ? held.text : held.name;
    const body = find(name);
    if (body === undefined) tally.find("icon:unknown");
    else next({ kind: "markup", html: drawIcon(held.element.attributes, name, body) });
  };

  const follow = (token: Token, next: Next): boolean => {
    if (waiting === undefined) return false;
    if (token.kind === "text" && (waiting.ligature || token.html.trim() === "")) {
      waiting.text += token.html;
      return true;
    }
    if (token.kind === "end" && token.name === waiting.element.name) {
      fill(next);
      return true;
    }
    const { element, name } = waiting;
    const body = element.attributes.has("data-icon") ? find(name) : undefined;
    const hasOne = token.kind === "start" && token.name === "svg";
    release(next);
    if (body !== undefined && !hasOne) next({ kind: "markup", html: drawIcon(new Map(), name, body) });
    return false;
  };

  return {
    see(token, next) {
      if (follow(token, next)) return;
      const icon = token.kind === "start" && !token.foreign ? iconOf(token) : undefined;
      if (icon && token.kind === "start") waiting = { element: token, ...icon, text: "" };
      else next(token);
    },
    end: release,
  };
}

function iconOf({ name: element, attributes }: StartToken): { name: string; ligature: boolean } | undefined {
  const named = attributes.get("data-icon") ?? attributes.get("data-lucide") ?? attributes.get("data-feather");
  if (named !== undefined) return { name: named, ligature: false };
  if (!carriers.has(element)) return undefined;
  const classes = attributes.get("class")?.split(/\s+/) ?? [];
  if (classes.some((name) => /^material-(?:icons|symbols)/.test(name))) return { name: "", ligature: true };
  const fontIcon = classes.find(
    (name) =>
      /^(?:fa|bi|ri|ti|bx|bxs|ph|icon)-[a-z]/.test(name) &&
      !/^fa-(?:\d?x|fw|lg|sm|xs|spin|solid|regular|brands|light)$/.test(name),
  );
  const isFont = classes.some((name) => /^(?:fa[srbl]?|fa-(?:solid|regular|brands)|bi|ti|bx|ph|ri-[\w-]+)$/.test(name));
  return fontIcon !== undefined && isFont ? { name: fontIcon.replace(/^[a-z]+-/, ""), ligature: false } : undefined;
}

function drawIcon(from: Attributes, name: string, body: string): string {
  const label = from.get("aria-label");
  const kept = inherited.flatMap((key) => {
    const value = from.get(key);
    return value === undefined ? [] : [` ${key}="${encodeAttribute(value)}"`];
  });
  if (!from.has("data-icon")) kept.push(` data-icon="${encodeAttribute(name)}"`);
  const meaning = label === undefined ? ' aria-hidden="true"' : ` role="img" aria-label="${encodeAttribute(label)}"`;
  return `<svg${kept.join("")}${meaning} viewBox="0 0 24 24" width="1em" height="1em">${body}</svg>`;
}
