import { HeadFacts } from "./head-facts.ts";
import { decodeReferences, encodeAttribute, encodeText } from "./references.ts";
import type { FinishTally } from "./report.ts";
import type { Attributes, Pass, Token } from "./token.ts";

/** Where a page's picture of itself is in its bundle; `og:image` names it. */
export const thumbnailPath = "assets/preview.png";

export interface HeadOptions {
  /** BCP 47 tag of the page's text, for a page that does not say it. */
  language: string;
  /** For a page that has neither title nor heading. */
  title: string;
  /** Absolute address of the picture that link previews show; there will be one. */
  pictureUrl: string | undefined;
  /** Keeps the picture of the revision before, until there is a new one. */
  keepFile: (path: string) => void;
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
export function createHeadPass({
  language,
  title: fallback,
  pictureUrl,
  keepFile,
  drawIcon,
  tally,
}: HeadOptions): Pass {
  const facts = new HeadFacts();
  let inHeading = false;
  let heading = "";
  let state: "head" | "waiting" | "done" = "head";
  let held: Token[] = [];

  const missing = (): string => {
    const written: string[] = [];
    const add = (rule: string, html: string): void => {
      tally.fix(rule);
      written.push(html);
    };
    const meta = (kind: "name" | "property", name: string, content: string): void => {
      if (facts.meta(name) !== undefined || content === "") return;
      add(`head:${name}`, `<meta ${kind}="${name}" content="${encodeAttribute(content)}">`);
    };
    const own = clean(facts.title);
    const shown = own || clean(heading) || fallback;
    if (own === "") add("head:title", `<title>${encodeText(shown)}</title>`);
    meta("name", "viewport", "width=device-width, initial-scale=1");
    const description = facts.meta("description") || facts.meta("og:description") || shown;
    meta("name", "description", description);
    meta("property", "og:title", shown);
    meta("property", "og:description", description);
    meta("property", "og:type", "website");
    if (pictureUrl !== undefined) {
      meta("property", "og:image", pictureUrl);
      meta("name", "twitter:card", "summary_large_image");
    }
    if (pictureUrl !== undefined || facts.meta("og:image") !== undefined) keepFile(thumbnailPath);
    if (!facts.hasIcon) add("head:icon", `<link rel="icon" href="${encodeAttribute(drawIcon())}">`);
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
    if (token.kind === "start" && token.name === "h1") inHeading = true;
    if (token.kind === "end" && token.name === "h1") return true;
    if (token.kind !== "text") return false;
    if (inHeading) heading += decodeReferences(token.html);
    return !inHeading && token.html.trim() !== "";
  };

  const seeHead = (token: Token, next: (token: Token) => void): void => {
    // A picture for link previews that a model named is one that does not exist.
    if (isForeignPicture(token, pictureUrl)) {
      tally.fix("head:og:image-removed");
      return;
    }
    facts.see(token);
    if (token.kind !== "end" || token.name !== "head") {
      next(token);
      return;
    }
    held = [token];
    state = "waiting";
    if (clean(facts.title) !== "") release(next);
  };

  return {
    see(token, next) {
      if (state === "waiting") {
        held.push(token);
        if (noteBody(token) || held.length >= mostHeld) release(next);
      } else if (token.kind === "start" && token.name === "html") next(withLanguage(token, language, tally));
      else if (state === "head") seeHead(token, next);
      else next(token);
    },
    end(next) {
      if (state === "waiting") release(next);
    },
  };
}

function isForeignPicture(token: Token, pictureUrl: string | undefined): boolean {
  if (token.kind !== "start" || token.name !== "meta") return false;
  const name = (token.attributes.get("property") ?? token.attributes.get("name") ?? "").toLowerCase();
  const content = token.attributes.get("content") ?? "";
  return /^(?:og:image|twitter:image)/.test(name) && content !== pictureUrl && !content.endsWith(`/${thumbnailPath}`);
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
