import { escapeAttribute } from "../escape.ts";
import { limits } from "../limits.ts";
import { flag } from "../vocabulary/flags.ts";
import type { Builder } from "./builder.ts";
import { type Attribute, impliedTag, type StartTag } from "./start-tag.ts";

const headContent = new Set(["title", "style", "meta", "link", "base", "basefont", "bgsound"]);
const nonBlank = /[^ \t\n\f]/;
const maxBlankChars = 1024;

/**
 * A start tag before the body is open. The head stays open until the body begins, because what comes late for the
 * head (`</head><style>`) belongs there all the same.
 *
 * @returns Whether it is dealt with. If not, the body is open now and the tag belongs in it.
 */
export function beforeBodyStart(builder: Builder, tag: StartTag): boolean {
  const { name } = tag;
  if (name === "html") {
    if (builder.tree.open.depth === 0) openHtml(builder, tag);
    else if (tag.attributes.length > 0) builder.tally.add("structure:late-attributes");
    return true;
  }
  if (name === "head") {
    openHead(builder);
    return true;
  }
  if (name === "body") {
    openBody(builder, tag);
    return true;
  }
  if (headContent.has(name)) {
    openHead(builder);
    if (name === "title" || name === "style") builder.pushRawText(tag);
    else builder.insertVoid(tag);
    return true;
  }
  if ((tag.flags & flag.kept) === 0 && name !== "svg" && name !== "math") {
    // Left out anyway, so it does not begin the body: a `<body>` with attributes may still come.
    builder.tally.add("structure:misplaced");
    return true;
  }
  openBody(builder);
  return false;
}

/** An end tag before the body is open. @returns Whether it is dealt with. */
export function beforeBodyEnd(builder: Builder, name: string): boolean {
  if (name === "head") {
    openHead(builder);
    builder.phase = "after head";
    return true;
  }
  if (name !== "br" && name !== "body" && name !== "html") return true;
  openBody(builder);
  return false;
}

/** Text before the body is open. @returns What of it belongs in the body, which is then open. */
export function beforeBodyText(builder: Builder, text: string): string {
  const start = text.search(nonBlank);
  const blank = start < 0 ? text : text.slice(0, start);
  if (builder.phase === "head") builder.tree.text(blank);
  if (builder.phase === "after head") {
    builder.blankAfterHead = (builder.blankAfterHead + blank).slice(0, maxBlankChars);
  }
  if (start < 0) return "";
  openBody(builder);
  return text.slice(start);
}

/** Opens the body, and before it whatever is missing. Does nothing when it is open. */
export function openBody(builder: Builder, tag: StartTag = impliedTag("body")): void {
  if (builder.phase === "body") return;
  openHead(builder);
  builder.tree.pop();
  builder.tree.text(builder.blankAfterHead);
  builder.push(tag);
  builder.phase = "body";
}

function openHtml(builder: Builder, tag: StartTag): void {
  builder.tree.writer.raw("<!DOCTYPE html>");
  builder.push({ ...tag, attributes: tag.attributes.filter(fitsRoot(builder)) });
}

/** Browsers look for the encoding in the first kilobyte only, and what `html` carries stands before it. */
function fitsRoot({ tally }: Builder): (attribute: Attribute) => boolean {
  let bytes = 0;
  return ({ name, value }) => {
    const size = Buffer.byteLength(name + escapeAttribute(value)) + ' =""'.length;
    const fits = bytes + size <= limits.rootBytes;
    if (fits) bytes += size;
    else tally.add("limit:attribute");
    return fits;
  };
}

function openHead(builder: Builder): void {
  if (builder.phase !== "start") return;
  if (builder.tree.open.depth === 0) openHtml(builder, impliedTag("html"));
  builder.push(impliedTag("head"));
  // First of all, so that no reader has to guess the encoding.
  builder.tree.writer.raw('<meta charset="utf-8">');
  builder.phase = "head";
}
