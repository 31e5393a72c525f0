import type { SanitizeReport } from "../sanitizer/report.ts";
import { createSanitizer } from "../sanitizer/sanitize.ts";
import { createFinisher, type FinishEvents, type FinishOptions } from "./create-finisher.ts";
import type { FinishReport } from "./report.ts";
import { PageTheme } from "./utilities/page-theme.ts";
import { hasTellingClass } from "./utilities/telling.ts";
import { loadUtilityCompiler } from "./utilities/utility-compiler.ts";

interface FinishedPage {
  /** What the sanitizer took out of the hostile document. */
  sanitized: SanitizeReport;
  finished: FinishReport;
  /** Fonts and pictures the page refers to, by their path in the bundle. */
  files: ReadonlyMap<string, Uint8Array>;
}

export interface PageStream {
  /** The next piece of a hostile document, cut anywhere. */
  write(html: string): void;
  end(): Promise<FinishedPage>;
  /** The document was a draft: nothing more comes out of it. */
  drop(): void;
}

/**
 * From a hostile document to the page that is published: sanitized, finished, and sanitized once more as the last
 * word. The second time changes nothing, because the sanitizer is idempotent, unless the finisher has a fault; then
 * the page is still safe.
 *
 * A page that uses utility classes waits once, while their compiler is loaded.
 */
export function createPageStream(options: FinishOptions, { onHtml, onFile }: FinishEvents): PageStream {
  const files = new Map<string, Uint8Array>();
  const last = createSanitizer(onHtml);
  const finisher = createFinisher(options, {
    onHtml: (html) => last.write(html),
    onFile(path, bytes) {
      files.set(path, bytes);
      onFile?.(path, bytes);
    },
  });
  const theme = new PageTheme();
  let waiting: string[] | undefined;
  let loading: Promise<void> | undefined;
  let dropped = false;

  const load = async (): Promise<void> => {
    finisher.compileUtilities(await loadUtilityCompiler(theme.css));
    if (dropped) return;
    for (const html of waiting ?? []) finisher.write(html);
    waiting = undefined;
  };
  const first = createSanitizer((html) => {
    if (waiting) waiting.push(html);
    else if (loading || !hasTellingClass(html)) finisher.write(html);
    else {
      waiting = [html];
      loadOnceKnown();
    }
  });
  const loadOnceKnown = (): void => {
    if (loading || !waiting || !theme.isKnown) return;
    loading = load();
    // What goes wrong is told at the end; until then nobody listens.
    loading.catch(() => {});
  };

  return {
    write(html) {
      theme.see(html);
      first.write(html);
      loadOnceKnown();
    },
    async end() {
      theme.end();
      const sanitized = first.end();
      loadOnceKnown();
      await loading;
      const finished = finisher.end();
      last.end();
      return { sanitized, finished, files };
    },
    drop() {
      dropped = true;
    },
  };
}
