import type { SanitizeReport } from "../sanitizer/report.ts";
import { createSanitizer } from "../sanitizer/sanitize.ts";
import { createFinisher, type FinishOptions } from "./create-finisher.ts";
import type { FinishReport } from "./report.ts";

export interface PageStreamEvents {
  /** The page as it will be published, in pieces, as early as each is certain. Never empty. */
  onHtml: (html: string) => void;
}

interface FinishedPage {
  /** What the sanitizer took out of the hostile document. */
  sanitized: SanitizeReport;
  finished: FinishReport;
}

export interface PageStream {
  /** The next piece of a hostile document, cut anywhere. */
  write(html: string): void;
  end(): FinishedPage;
}

/**
 * From a hostile document to the page that is published: sanitized, finished, and sanitized once more as the last
 * word. The second time changes nothing, because the sanitizer is idempotent, unless the finisher has a fault; then
 * the page is still safe.
 */
export function createPageStream(options: FinishOptions, { onHtml }: PageStreamEvents): PageStream {
  const last = createSanitizer(onHtml);
  const finisher = createFinisher(options, (html) => last.write(html));
  const first = createSanitizer((html) => finisher.write(html));
  return {
    write: (html) => first.write(html),
    end() {
      const sanitized = first.end();
      const { report } = finisher.end();
      last.end();
      return { sanitized, finished: report };
    },
  };
}
