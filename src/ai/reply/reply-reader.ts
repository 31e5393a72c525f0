import { OutputError } from "../../errors.ts";
import type { FinishReason } from "../provider.ts";
import { failedFinish } from "./failed-finish.ts";
import { createPageReader, type PageReader, type PageRepair } from "./page-reader.ts";
import { createPreamble } from "./preamble.ts";
import { isRefusal } from "./refusal.ts";
import { createRepetitionDetector } from "./repetition.ts";
import { type SalvageRepair, salvage } from "./salvage.ts";

/** What was done to the reply to find the page in it. */
export type ReplyRepair = PageRepair | SalvageRepair | "reasoning_removed" | "draft_discarded";

export interface ReplyReaderOptions {
  /**
   * What was handed on so far was a draft inside the model's thinking; the page starts anew. Without it such a reply is
   * an error.
   */
  onRestart?: (() => void) | undefined;
}

export interface ReplyReader {
  /**
   * Text of the reply, as it arrives; reasoning that the provider told apart is not passed in.
   *
   * @throws {OutputError} As soon as it is clear that no page will come of it: a loop, a part left out.
   */
  write(text: string): void;
  /**
   * @throws {OutputError} When the reply is not one complete page.
   * @throws {ProviderError} When it is an error of the provider, sent as text.
   */
  end(finish: FinishReason): ReplyResult;
  /** Whether a page has begun. */
  readonly begun: boolean;
}

interface ReplyResult {
  repairs: ReplyRepair[];
  title: string | undefined;
}

/**
 * Finds the page in a model's reply, by its structure, and hands it on while it is being written.
 *
 * One state machine: what stands before the page, the page, what stands after it. Any chunking of the same reply gives
 * the same page, the same repairs and the same error. Linear time; memory for what is still in doubt.
 */
export function createReplyReader(
  onDocument: (chunk: string) => void,
  { onRestart }: ReplyReaderOptions = {},
): ReplyReader {
  const repetition = createRepetitionDetector();
  const repairs = new Set<ReplyRepair>();
  let preamble = createPreamble();
  let page: PageReader | undefined;
  let blank = true;
  let handedOn = false;
  let out = "";

  const open = (text: string): string | undefined => {
    if (preamble.reasoned) repairs.add("reasoning_removed");
    page = createPageReader((html) => {
      out += html;
    });
    return page.write(text);
  };

  const restart = () => {
    if (onRestart === undefined)
      throw new OutputError("The reply holds a draft of the page before the page. Try again.", {
        reason: "no_document",
      });
    if (handedOn) onRestart();
    repairs.add("draft_discarded");
    handedOn = false;
    out = "";
    page = undefined;
    preamble = createPreamble();
  };

  const feed = (text: string) => {
    for (let rest: string | undefined = text; rest !== undefined; ) {
      if (page === undefined) {
        const start = preamble.write(rest);
        if (start === undefined) return;
        if (preamble.wrapped) repairs.add("wrapping_removed");
        rest = open(start);
      } else rest = page.write(rest);
      if (rest !== undefined) restart();
    }
  };

  const flush = () => {
    // Half a surrogate pair waits for the other half: on its own it would be lost on the way to UTF-8.
    const whole = /[\ud800-\udbff]$/.test(out) ? out.length - 1 : out.length;
    if (whole === 0) return;
    handedOn = true;
    const html = out.slice(0, whole);
    out = out.slice(whole);
    onDocument(html);
  };

  const endPage = (): ReplyResult => {
    for (;;) {
      if (page === undefined) openFromRuins();
      const result = page?.end() ?? { draftThen: "" };
      if ("draftThen" in result) {
        restart();
        feed(result.draftThen);
        continue;
      }
      flush();
      for (const repair of result.repairs) repairs.add(repair);
      return { repairs: [...repairs], title: result.title };
    }
  };

  const openFromRuins = () => {
    const unopened = preamble.end();
    const found = salvage(unopened);
    if (found === undefined) throw withoutPage(unopened.outside);
    repairs.add(found.repair);
    const rest = open(found.text);
    if (rest !== undefined) throw withoutPage("");
  };

  return {
    write(text) {
      blank &&= text.trim() === "";
      for (const piece of repetition.pieces(text)) {
        feed(piece);
        if (repetition.looped)
          throw new OutputError("The model repeats itself without end. Try again.", { reason: "repetitive" });
      }
      flush();
    },
    end(finish) {
      const failure = failedFinish(finish) ?? (blank ? emptyReply() : undefined);
      if (failure !== undefined) throw failure;
      return endPage();
    },
    get begun() {
      return page !== undefined;
    },
  };
}

function emptyReply(): OutputError {
  return new OutputError("The model answered with nothing. Try again.", { reason: "empty" });
}

function withoutPage(prose: string): OutputError {
  return isRefusal(prose)
    ? new OutputError("The model refused to make this page. Word the request differently.", { reason: "refused" })
    : new OutputError("The reply holds no page. Try again.", { reason: "no_document" });
}
