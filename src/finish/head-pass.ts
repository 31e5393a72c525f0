import { decodeReferences, encodeAttribute, encodeText } from "./references.ts";
import type { FinishTally } from "./report.ts";
import type { Attributes, Pass, Token } from "./token.ts";

export interface HeadOptions {
  /** BCP 47 tag of the page's text, for a page that does not say it. */
  language: string;
  /** For a page that has neither title nor heading. */
  title: string;
  /** Content of `<link rel="icon">`, made when the page brings none. */
  drawIcon: () => string;
  tally: FinishTally;
}

const rightToLeft = /^(?:ar|fa|he|ur|ps|yi|ckb|dv|sd|ug)(?:-|$)/i;
/** Tokens that may wait for the heading of a page without a title. */
const mostHeld = 200;
const maxTitleChars = 120;

/**
 * What a head needs besides its style sheets: language and direction, viewport, title, description, OpenGraph, icon.
 * Adds only what is missing, just before `</head>`. A page without a title takes its first heading, if that comes
 * before any other text: the head waits for it no longer than that.
 */
export function createHeadPass({ language, title: fallback, drawIcon, tally }: HeadOptions): Pass {
  const metas = new Map<string, string>();
  let hasIcon = false;
  let title = "";
  let reading: "title" | "heading" | undefined;
  let heading = "";
  let state: "head" | "waiting" | "done" = "head";
  let held: Token[] = [];

  const noteHead = (token: Token): void => {
    if (token.kind === "text" && reading === "title") title += decodeReferences(token.html);
    else if (token.kind === "end") reading = undefined;
    else if (token.kind !== "start") return;
    else if (token.name === "title") reading = "title";
    else if (token.name === "meta") {
      const name = token.attributes.get("name") ?? token.attributes.get("property");
      if (name !== undefined) metas.set(name.toLowerCase(), token.attributes.get("content") ?? "");
    } else if (token.name === "link" && /\bicon\b/i.test(token.attributes.get("rel") ?? "")) hasIcon = true;
  };

  const missing = (): string => {
    const written: string[] = [];
    const add = (rule: string, html: string): void => {
      tally.fix(rule);
      written.push(html);
    };
    const meta = (kind: "name" | "property", name: string, content: string): void => {
      if (metas.has(name) || content === "") return;
      add(`head:${name}`, `<meta ${kind}="${name}" content="${encodeAttribute(content)}">`);
    };
    const own = clean(title);
    const shown = own || clean(heading) || fallback;
    if (own === "") add("head:title", `<title>${encodeText(shown)}</title>`);
    meta("name", "viewport", "width=device-width, initial-scale=1");
    const description = metas.get("description") || metas.get("og:description") || shown;
    meta("name", "description", description);
    meta("property", "og:title", shown);
    meta("property", "og:description", description);
    meta("property", "og:type", "website");
    if (!hasIcon) add("head:icon", `<link rel="icon" href="${encodeAttribute(drawIcon())}">`);
    return written.join("");
  };

  const release = (next: (token: Token) => void): void => {
    state = "done";
    next({ kind: "markup", html: missing() });
    for (const token of held) next(token);
    held = [];
  };

  /** @returns Whether the wait for the heading is over. */
  const noteBody = (token: Token): boolean => {
    if (token.kind === "start" && token.name === "h1") reading = "heading";
    if (token.kind === "end" && token.name === "h1") return true;
    if (token.kind !== "text") return false;
    if (reading === "heading") heading += decodeReferences(token.html);
    return reading !== "heading" && token.html.trim() !== "";
  };

  return {
    see(token, next) {
      if (state === "waiting") {
        held.push(token);
        if (noteBody(token) || held.length >= mostHeld) release(next);
      } else if (state === "head" && token.kind === "end" && token.name === "head") {
        held = [token];
        state = "waiting";
        if (clean(title) !== "") release(next);
      } else if (token.kind === "start" && token.name === "html") {
        next(withLanguage(token, language, tally));
      } else {
        if (state === "head") noteHead(token);
        next(token);
      }
    },
    end(next) {
      if (state === "waiting") release(next);
    },
  };
}

function withLanguage(token: Extract<Token, { kind: "start" }>, language: string, tally: FinishTally): Token {
  const attributes: Attributes = new Map(token.attributes);
  if ((attributes.get("lang") ?? "").trim() === "") {
    attributes.set("lang", language);
    tally.fix("head:lang");
  }
  if (!attributes.has("dir") && rightToLeft.test(attributes.get("lang") ?? "")) {
    attributes.set("dir", "rtl");
    tally.fix("head:dir");
  }
  return { ...token, attributes };
}

function clean(text: string): string {
  return text.replace(/\s+/g, " ").trim().slice(0, maxTitleChars).toWellFormed();
}
