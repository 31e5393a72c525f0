import { drawIcon } from "../design/art/icon.ts";
import { normalizePrompt, readBrief } from "../design/brief/brief.ts";
import { createHeadPass } from "./head-pass.ts";
import { languageOfScript } from "./page-language.ts";
import { createPageTokenizer } from "./page-tokenizer.ts";
import { type FinishReport, FinishTally } from "./report.ts";
import { type Pass, type Token, writeToken } from "./token.ts";

export interface FinishOptions {
  /** What the person asked for: tells language and subject where the page does not. Never put into the page whole. */
  prompt: string;
}

interface Finished {
  report: FinishReport;
}

export interface Finisher {
  /** The next piece of the sanitizer's output, cut anywhere. */
  write(html: string): void;
  end(): Finished;
}

/**
 * Makes a sanitized page ready to be seen: adds what is missing, mends what can be mended. It streams, so a page that
 * is watched while it is written shows what will be published; any chunking of the same input gives the same page.
 *
 * Its output goes through the sanitizer once more: nothing here is trusted with the page's safety.
 */
export function createFinisher({ prompt }: FinishOptions, onHtml: (html: string) => void): Finisher {
  const tally = new FinishTally();
  const sentence = normalizePrompt(prompt);
  const brief = readBrief(sentence);
  const passes: Pass[] = [
    createHeadPass({
      language: languageOfScript(sentence) ?? brief.language,
      title: brief.name ?? "Untitled page",
      drawIcon: () => drawIcon(sentence),
      tally,
    }),
  ];

  let out = "";
  const steps: ((token: Token) => void)[] = [
    (token) => {
      out += writeToken(token);
    },
  ];
  for (const pass of passes.toReversed()) {
    const next = steps.at(-1) as (token: Token) => void;
    steps.push((token) => pass.see(token, next));
  }
  steps.reverse();
  const tokenizer = createPageTokenizer((token) => steps[0]?.(token));
  const handOver = (): void => {
    if (out !== "") onHtml(out);
    out = "";
  };

  return {
    write(html) {
      tokenizer.write(html);
      handOver();
    },
    end() {
      tokenizer.end();
      for (const [index, pass] of passes.entries()) pass.end?.((token) => steps[index + 1]?.(token));
      handOver();
      return { report: tally.report() };
    },
  };
}
