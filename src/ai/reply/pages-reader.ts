import type { FinishReason } from "../provider.ts";
import { createReplyReader, type ReplyReader, type ReplyReaderOptions, type ReplyRepair } from "./reply-reader.ts";

/** More pages than this are not read. */
export const mostPages = 6;

/** The one line between pages that the prompt asks for: `=== page: about.html ===`. */
const delimiter = /^[ \t`*#]*={2,}[ \t]*page[ \t]*:[ \t]*([a-z0-9][a-z0-9-]{0,39})(?:\.html?)?[ \t]*={0,}[ \t`*]*$/i;
/** What may still become one: only such a line is held back. */
const mayBegin = /^[ \t`*#]*(?:=|$)/;
const longestLine = 100;
const styleElement = /<style[^>]*>[\s\S]*?<\/style>/gi;

interface SiteResult {
  repairs: (ReplyRepair | "pages_dropped")[];
  title: string | undefined;
  /** The pages after the first, by file name. */
  morePages: Map<string, string>;
}

export interface PagesReader extends Omit<ReplyReader, "end"> {
  /** @throws {OutputError} When one of the pages is not whole. */
  end(finish: FinishReason): SiteResult;
}

/**
 * Reads several pages out of one reply: the first as `createReplyReader` does, each other one likewise. A page
 * without a style sheet gets that of the first. A name that comes twice, or one too many, is dropped.
 *
 * Any chunking of the same reply gives the same pages.
 */
export function createPagesReader(onDocument: (chunk: string) => void, options: ReplyReaderOptions = {}): PagesReader {
  const first: string[] = [];
  const index = createReplyReader(
    (chunk) => {
      first.push(chunk);
      onDocument(chunk);
    },
    {
      onRestart:
        options.onRestart &&
        (() => {
          first.length = 0;
          options.onRestart?.();
        }),
    },
  );
  const pages = new Map<string, string[]>();
  const readers = new Map<string, ReplyReader>();
  let current: ReplyReader | undefined = index;
  let dropped = false;
  let pending = "";

  /** Begins a page, if the line does. */
  const turn = (line: string): boolean => {
    const name = delimiter.exec(line.replace(/\r$/, ""))?.[1]?.toLowerCase();
    if (name === undefined) return false;
    const path = `${name}.html`;
    if (path === "index.html" && !index.begun) return true;
    const isNew = path !== "index.html" && !readers.has(path) && readers.size < mostPages - 1;
    dropped ||= !isNew;
    current = undefined;
    if (!isNew) return true;
    const html: string[] = [];
    pages.set(path, html);
    current = createReplyReader((chunk) => void html.push(chunk), { onRestart: () => void html.splice(0) });
    readers.set(path, current);
    return true;
  };

  const write = (text: string) => {
    pending += text;
    let start = 0;
    for (let end = pending.indexOf("\n"); end >= 0; end = pending.indexOf("\n", start)) {
      const line = pending.slice(start, end);
      if (!turn(line)) current?.write(`${line}\n`);
      start = end + 1;
    }
    pending = pending.slice(start);
    if (pending.length > longestLine || !mayBegin.test(pending)) {
      current?.write(pending);
      // The rest of this line is no delimiter, whatever it is.
      pending = "";
    }
  };

  return {
    write,
    end(finish) {
      if (!turn(pending)) current?.write(pending);
      const { repairs, title } = index.end(readers.size > 0 ? (finish === "length" ? "length" : "stop") : finish);
      const all = new Set<SiteResult["repairs"][number]>(repairs);
      for (const reader of readers.values()) for (const repair of reader.end(finish).repairs) all.add(repair);
      if (dropped) all.add("pages_dropped");
      const styles = (first.join("").match(styleElement) ?? []).join("\n");
      const morePages = new Map([...pages].map(([path, html]) => [path, withStyles(html.join(""), styles)]));
      return { repairs: [...all], title, morePages };
    },
    get begun() {
      return index.begun;
    },
  };
}

/** A page with rules of its own gets the common ones before them. */
function withStyles(html: string, styles: string): string {
  const at = html.search(/<style[\s>]|<\/head>/i);
  if (styles === "" || at < 0 || html.includes(styles)) return html;
  return `${html.slice(0, at)}${styles}\n${html.slice(at)}`;
}
