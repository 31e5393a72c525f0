import type { FinishReason } from "../../../src/ai/provider.ts";
import type { ReplyRepair } from "../../../src/ai/reply/reply-reader.ts";
import type { OutputErrorReason } from "../../../src/errors.ts";

const folder = `${import.meta.dir}/../../fixtures/replies`;

/** A reply that went wrong somewhere, and what must come of it. */
export interface ReplyCase {
  /** File in `test/fixtures/replies/`, its number the kind of failure. */
  file: string;
  /** Default `stop`. */
  finish?: FinishReason;
  /** File that holds the page; `same` when the reply is the page, byte for byte. */
  page?: string;
  repairs?: ReplyRepair[];
  /** `provider` when the reply turns out to be the provider's own error. */
  error?: OutputErrorReason | "provider";
}

const wrapped = { page: "page.html", repairs: ["wrapping_removed"] } satisfies Partial<ReplyCase>;
const reasoned = { page: "page.html", repairs: ["reasoning_removed"] } satisfies Partial<ReplyCase>;

/**
 * Kinds of failure that are not about what a reply says are tested where they happen: 3, 6 and 22 (nothing but
 * thinking) and 43 (continuations) in `generate.test.ts`, 9 (stalls) in `limits.test.ts`, 10 (output budgets) in
 * `openai.test.ts` and `gemini.test.ts`, 42 and 44 (splits) in every one of them.
 */
export const replyCases: ReplyCase[] = [
  { file: "page.html", page: "same" },

  // Ended early, or nothing came.
  { file: "01-cut-in-the-middle-of-an-attribute.txt", finish: "length", error: "truncated" },
  { file: "01-cut-in-the-middle-of-an-attribute.txt", error: "truncated" },
  { file: "02-head-lost.txt", error: "no_document" },
  { file: "02-tail-lost.txt", finish: "length", error: "truncated" },
  { file: "02-tail-lost.txt", finish: "unknown", error: "unfinished" },
  { file: "05-nothing.txt", finish: "length", error: "truncated" },
  { file: "04-cut-in-the-stylesheet.txt", finish: "length", error: "truncated" },
  { file: "04-cut-in-the-stylesheet.txt", error: "truncated" },
  { file: "05-nothing.txt", error: "empty" },
  { file: "05-nothing-to-see.txt", error: "empty" },
  { file: "07-filtered-halfway.txt", finish: "blocked", error: "blocked" },
  { file: "page.html", finish: "unknown", error: "unfinished" },

  // Prose instead of a page.
  { file: "11-sorry.txt", error: "refused" },
  { file: "11-sorry-in-german.txt", error: "refused" },
  { file: "11-sorry-as-a-page.txt", error: "refused" },
  { file: "12-only-advice.txt", error: "refused" },
  { file: "12-asks-back.txt", error: "no_document" },
  { file: "13-refusal-after-half-a-page.txt", error: "refused" },
  { file: "07-filtered-halfway.txt", finish: "refused", error: "refused" },
  { file: "15-error-json.txt", error: "provider" },
  { file: "15-error-json-in-a-fence.txt", error: "provider" },
  { file: "15-error-json-after-half-a-page.txt", error: "truncated" },

  { file: "13-love-song-as-a-page.txt", page: "same" },

  // Thinking where the page should be.
  { file: "16-empty-think-pairs-inside-tags.txt", page: "page.html", repairs: ["think_pairs_removed"] },
  { file: "17-think-never-closed.txt", page: "page.html", repairs: ["reasoning_unclosed", "reasoning_removed"] },
  { file: "17-think-never-closed-and-no-page.txt", error: "no_document" },
  { file: "18-think-nested.txt", ...reasoned },
  { file: "19-stray-closing-think.txt", ...reasoned },
  { file: "19-second-stray-closing-think.txt", ...reasoned },
  { file: "19-draft-page-before-closing-think.txt", page: "page.html", repairs: ["draft_discarded"] },
  { file: "19-half-a-draft-before-closing-think.txt", page: "page.html", repairs: ["draft_discarded"] },
  { file: "20-channel-thought.txt", ...reasoned },
  { file: "20-channel-analysis.txt", ...reasoned },
  { file: "20-analysis-tag.txt", ...reasoned },
  { file: "20-reasoning-tag-with-attribute.txt", ...reasoned },
  { file: "20-bracketed-think.txt", ...reasoned },
  {
    file: "21-fences-inside-thinking.txt",
    page: "page.html",
    repairs: ["wrapping_removed", "reasoning_removed"],
  },

  // Wrapping and protocol.
  { file: "23-no-wrapper.txt", ...wrapped },
  { file: "24-space-in-the-protocol-tags.txt", ...wrapped },
  { file: "25-fence-inside-a-file-tag.txt", ...wrapped },
  { file: "26-fence-inside-the-page.txt", page: "26-fence-inside-the-page.html", repairs: ["wrapping_removed"] },
  { file: "26-outer-fence-never-closed.txt", ...wrapped },
  { file: "27-opener-glued-to-prose.txt", ...wrapped },
  { file: "27-path-on-the-next-line.txt", ...wrapped },
  {
    file: "28-several-fences.txt",
    page: "28-several-fences.html",
    repairs: ["wrapping_removed", "stylesheet_inlined"],
  },
  { file: "29-language-word-first.txt", ...wrapped },
  { file: "29-page-in-json.txt", page: "page.html", repairs: ["json_unwrapped"] },
  { file: "29-page-in-json-on-one-line.txt", page: "29-one-line.html", repairs: ["json_unwrapped"] },
  {
    file: "30-all-files-in-one.txt",
    page: "28-several-fences.html",
    repairs: ["wrapping_removed", "stylesheet_inlined"],
  },
  { file: "31-tool-closers.txt", ...wrapped },
  {
    file: "31-tool-closers-without-end-tags.txt",
    page: "31-tool-closers-without-end-tags.html",
    repairs: ["wrapping_removed"],
  },
  { file: "32-escaped-as-a-whole.txt", page: "page.html", repairs: ["unescaped", "wrapping_removed"] },
  { file: "32-escaped-in-part.txt", error: "no_document" },
  { file: "32-code-shown-on-the-page.txt", page: "same" },
  { file: "33-angle-brackets-in-attributes.txt", page: "same" },
  { file: "34-lower-case-doctype.txt", page: "same" },
  { file: "34-upper-case.txt", page: "same" },
  { file: "34-no-doctype.txt", page: "34-no-doctype.html", repairs: ["wrapping_removed"] },
  { file: "34-no-end-tags.txt", page: "same" },
  {
    file: "34-only-a-body.txt",
    page: "34-only-a-body.html",
    repairs: ["fragment_accepted", "wrapping_removed"],
  },
  { file: "34-end-tag-in-the-middle.txt", page: "34-end-tag-in-the-middle.html", repairs: ["wrapping_removed"] },
  { file: "35-source-as-text.txt", error: "no_document" },

  // Bad content.
  { file: "36-left-out-comment.txt", error: "elided" },
  { file: "36-left-out-stylesheet.txt", error: "elided" },
  { file: "36-left-out-text.txt", error: "elided" },
  { file: "36-left-out-german.txt", error: "elided" },
  { file: "36-left-out-spanish.txt", error: "elided" },
  { file: "36-left-out-french.txt", error: "elided" },
  { file: "36-left-out-russian.txt", error: "elided" },
  { file: "36-left-out-chinese.txt", error: "elided" },
  { file: "36-harmless-remarks.txt", page: "same" },
  { file: "37-loop-in-the-page.txt", error: "repetitive" },
  { file: "37-loop-in-prose.txt", error: "repetitive" },
  { file: "38-page-twice.txt", page: "page.html", repairs: ["wrapping_removed", "repeat_dropped"] },
  { file: "38-page-again-and-again.txt", error: "repetitive" },
  // The pictures are removed by the sanitizer, not here.
  { file: "39-invented-pictures.txt", page: "same" },
];

export function readReply(file: string): Promise<string> {
  return Bun.file(`${folder}/${file}`).text();
}

/** What a case must come to: the page and the repairs in alphabetical order, or the error's reason. */
export async function expectedOutcome({ file, page, repairs = [], error }: ReplyCase): Promise<ReplyOutcome> {
  if (page === undefined) return { error: error ?? "a case without outcome" };
  return { page: await readReply(page === "same" ? file : page), repairs: repairs.toSorted() };
}

export type ReplyOutcome = { page: string; repairs: string[] } | { error: string };
