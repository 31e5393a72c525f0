import { OutputError } from "../../errors.ts";
import { createThinkPairFilter } from "./empty-think-pairs.ts";
import { createHtmlTokenizer, type HtmlToken } from "./html-tokenizer.ts";
import { createPageCheck } from "./page-check.ts";
import { isReasoningName } from "./preamble.ts";
import { afterStrayReasoning, splitTail, stylesheetIn } from "./tail.ts";

export type PageRepair = "think_pairs_removed" | "wrapping_removed" | "repeat_dropped" | "stylesheet_inlined";

/** Reads a reply from the start of its page to its end. */
export interface PageReader {
  /** @returns What follows, when the page proves to be a draft: it was part of the model's thinking. */
  write(text: string): string | undefined;
  /** @returns What follows, when the page proves to be a draft; else what the page is. */
  end(): { draftThen: string } | { repairs: PageRepair[]; title: string | undefined };
}

const mostRepeats = 2;

/**
 * Passes the page on as soon as it is certain to be one. Three things wait: a tag or comment that is not finished, text
 * after the last element of the body (a fence or a farewell, unless markup follows), and everything from `</body>` on.
 */
export function createPageReader(emit: (html: string) => void): PageReader {
  const pairs = createThinkPairFilter();
  const check = createPageCheck();
  let held = "";
  let tail: string | undefined;
  let openReasoning = 0;
  let draft = false;
  let repeats = 0;

  const onToken = (token: HtmlToken): boolean => {
    const { kind, name, source } = token;
    if (kind === "close" && (name === "body" || name === "html")) {
      emit(held);
      held = "";
      tail = source;
      return true;
    }
    if (isReasoningName(name)) {
      if (kind === "open") openReasoning++;
      if (kind === "close" && openReasoning-- === 0) {
        draft = true;
        return true;
      }
    }
    const doubtful = check.complete && (kind === "text" || kind === "close");
    check.see(token);
    if (doubtful) held += source;
    else {
      emit(held + source);
      held = "";
    }
    return false;
  };
  const tokenizer = createHtmlTokenizer(onToken);

  const writeTail = (text: string) => {
    // Five characters are no whole `<html>` yet, so none is counted twice.
    const seen = (tail ?? "").slice(-5) + text;
    repeats += seen.match(/<html[\s>]/gi)?.length ?? 0;
    tail += text;
    if (repeats >= mostRepeats)
      throw new OutputError("The model writes the same page again and again. Try again.", { reason: "repetitive" });
  };

  const read = (text: string): string | undefined => {
    if (tail !== undefined) {
      writeTail(text);
      return undefined;
    }
    const rest = tokenizer.write(text);
    if (draft) return (rest ?? "") + pairs.end();
    if (rest !== undefined) writeTail(rest);
    return undefined;
  };

  const endClosed = (text: string) => {
    const { page, rest } = splitTail(text);
    const draftThen = afterStrayReasoning(rest);
    if (draftThen !== undefined) return { draftThen };
    const repairs = endRepairs();
    const css = check.styled ? undefined : stylesheetIn(rest);
    if (css !== undefined) {
      repairs.push("stylesheet_inlined");
      emit(`<style>\n${css}\n</style>\n`);
    }
    emit(page);
    if (repeats > 0) repairs.push("repeat_dropped");
    else if (rest.trim() !== "") repairs.push("wrapping_removed");
    return { repairs, title: check.title };
  };

  const endOpen = () => {
    const repairs = endRepairs();
    const doubt = held.search(/^[ \t]*(?:```|<\/)/m);
    if (doubt >= 0) repairs.push("wrapping_removed");
    emit(doubt < 0 ? held : held.slice(0, doubt));
    return { repairs, title: check.title };
  };

  const endRepairs = (): PageRepair[] => (pairs.removed ? ["think_pairs_removed"] : []);

  return {
    write: (text) => read(pairs.write(text)),
    end() {
      const draftThen = read(pairs.end());
      if (draftThen !== undefined) return { draftThen };
      check.end({ closed: tail !== undefined, unfinished: tokenizer.unfinished() });
      return tail === undefined ? endOpen() : endClosed(tail);
    },
  };
}
