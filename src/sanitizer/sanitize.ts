import { filterStyleSheet } from "./css/filter.ts";
import { InputText } from "./input-text.ts";
import { writeAttributes } from "./policy/attribute-policy.ts";
import { refuses } from "./policy/refusals.ts";
import { type SanitizeReport, Tally } from "./report.ts";
import { Tokens } from "./tokens.ts";
import { Builder } from "./tree/builder.ts";
import { Writer } from "./tree/writer.ts";

export type { SanitizeReport } from "./report.ts";

/** Changes whenever the same input may give other output. Recorded in the manifest of every bundle. */
export const sanitizerVersion = "1";

/** Takes a document piece by piece. */
export interface Sanitizer {
  write(chunk: string): void;
  /** Ends the document. Whatever was left open is closed, and the last output is handed over before this returns. */
  end(): SanitizeReport;
}

/**
 * Makes a hostile document safe: no script runs, no request leaves the page, and every HTML parser reads the output as
 * the same tree. Any input is accepted, and the result is always one whole document
 * (`<!DOCTYPE html><html><head>…</head><body>…</body></html>`), so a fragment becomes the body of one. Sanitizing the
 * output again changes nothing. Time is linear in the input; never throws.
 */
export function sanitize(html: string): { html: string; report: SanitizeReport } {
  let safe = "";
  const sanitizer = createSanitizer((chunk) => {
    safe += chunk;
  });
  sanitizer.write(html);
  const report = sanitizer.end();
  return { html: safe, report };
}

/**
 * The same as {@link sanitize} for a document that is still arriving. However the input is cut into chunks, the chunks
 * handed to `onHtml` add up to the same text, and each comes as soon as later input can no longer change it.
 *
 * @param onHtml Called from within `write` and `end`, never with an empty chunk.
 */
export function createSanitizer(onHtml: (chunk: string) => void): Sanitizer {
  const tally = new Tally();
  const writer = new Writer(tally);
  const builder = new Builder(writer, tally, {
    attributes: (tag, namespace) => writeAttributes(tag, namespace, tally),
    styleSheet: (css) => filterStyleSheet(css, tally),
    refuses: (tag, namespace) => refuses(tag, namespace, tally),
  });
  const tokens = new Tokens(builder, tally);
  const input = new InputText();
  let isEnded = false;

  const handOver = (): void => {
    const html = writer.take();
    if (html !== "") onHtml(html);
  };

  return {
    write(chunk) {
      if (isEnded) return;
      tokens.write(input.take(chunk));
      handOver();
    },
    end() {
      if (!isEnded) {
        isEnded = true;
        tokens.write(input.end());
        tokens.end();
        builder.finish();
        handOver();
      }
      return tally.report();
    },
  };
}
