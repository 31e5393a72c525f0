import { dirname, join, normalize } from "node:path";
import { readPageParts } from "../page/page-parts.ts";
import { splice } from "../page/splice.ts";
import { getContentType } from "./bundle-path.ts";

/** Attributes that name a file to load. `href` of a link to click is not one of them. */
const loading = new Set(["src", "poster", "href", "xlink:href"]);
const clickable = new Set(["a", "area"]);
const cssUrl = /url\(\s*(?:"([^"]*)"|'([^']*)'|([^"'()\s]+))\s*\)/gi;

/**
 * A published page that needs no other file: pictures, fonts and style sheets of the bundle stand in it as `data:`
 * addresses. Of pictures in several sizes the largest is kept. What is not in the bundle stays as it is.
 *
 * @param path Of the page in the bundle; its references are relative to that.
 */
export function inlineAssets(path: string, html: string, files: ReadonlyMap<string, Uint8Array>): string {
  const resolve = (reference: string): string | undefined => {
    const name = normalize(join(dirname(path), reference.replace(/[?#].*$/, "")));
    const content = files.get(name);
    if (content === undefined || name.endsWith(".html")) return undefined;
    const type = getContentType(name);
    if (!name.endsWith(".css")) return dataUrl(type, content);
    const css = inlineStyles(new TextDecoder().decode(content), (inner) => resolve(join(dirname(name), inner)));
    return dataUrl(type, new TextEncoder().encode(css));
  };
  const changes = readPageParts(html).flatMap(({ kind, element, attribute, start, end }) => {
    const source = html.slice(start, end);
    if (kind === "text" || (attribute === "href" && clickable.has(element))) return [];
    const text =
      kind === "style" || attribute === "style"
        ? inlineStyles(source, resolve, attribute === "style" ? "'" : '"')
        : attribute === "srcset"
          ? largestOf(source, resolve)
          : loading.has(attribute)
            ? resolve(source)
            : undefined;
    return text === undefined || text === source ? [] : [{ start, end, text }];
  });
  return splice(html, changes);
}

type Resolve = (reference: string) => string | undefined;

function inlineStyles(css: string, resolve: Resolve, quote = '"'): string {
  return css.replace(cssUrl, (whole, double?: string, single?: string, bare?: string) => {
    const found = resolve(double ?? single ?? bare ?? "");
    return found === undefined ? whole : `url(${quote}${found}${quote})`;
  });
}

/** One candidate instead of several copies of a picture. */
function largestOf(srcset: string, resolve: Resolve): string | undefined {
  const candidates = srcset.split(/,\s+/).map((candidate) => candidate.trim().split(/\s+/));
  const [[url = "", size = ""] = []] = candidates.sort(
    (a, b) => Number.parseFloat(b[1] ?? "1") - Number.parseFloat(a[1] ?? "1"),
  );
  const found = resolve(url);
  return found && `${found} ${size}`.trim();
}

function dataUrl(type: string, content: Uint8Array): string {
  return `data:${type.replace(/;\s*/g, ";")};base64,${Buffer.from(content).toString("base64")}`;
}
