/** What stands before the page: nothing, a greeting, a code fence, a file name, or pages of thinking. */
export interface Preamble {
  /** @returns The reply from the start of the page on, once that is found. */
  write(text: string): string | undefined;
  /** The reply is over and no page began. */
  end(): UnopenedReply;
  /** Whether reasoning was passed over. */
  readonly reasoned: boolean;
  /** Whether anything else was. */
  readonly wrapped: boolean;
}

export interface UnopenedReply {
  /** Everything outside reasoning. */
  outside: string;
  /** Reasoning that was opened and never closed. */
  unclosed: string;
}

const reasoningNames = "think|thinking|thoughts?|reasoning|analysis|reflection|scratchpad";
const reasoningTag = new RegExp(`^<\\s*(/?)\\s*(?:[\\w-]+:)?(?:${reasoningNames})(?:\\s[^>]*)?>$`, "i");
const openers = /^(?:\[THINK\]|<\|begin_of_thought\|>)$/;
const closers = /^(?:\[\/THINK\]|<\|end_of_thought\|>|<channel\|>)$/;
const channel = /^<\|channel\|?>$/;
/** `<|message|>`, `<|start|>`: tokens of a chat format that the server should have eaten. */
const controlToken = /^<\|\w+\|>$/;
const pageTag = /^<(?:!doctype\s+html|html)(?:\s[^>]*)?>$/i;
const longestTag = 300;
/** JSON with the page as one of its strings: what looks like the start of a page in it is full of escapes. */
const jsonOpening = /^\s*(?:```\w*\s*)?[{[]\s*["{]/;

/** Whether a tag's name is one that models wrap their thinking in. */
export function isReasoningName(name: string): boolean {
  return new RegExp(`^(?:[\\w-]+:)?(?:${reasoningNames})$`).test(name);
}

/**
 * Looks for the start of the page: a doctype or `<html>` with markup after it (in prose, a word or a backtick comes
 * next), outside reasoning. Reasoning may nest; a closing tag without an opening one means that all before it was
 * thinking, since some servers open the thinking in the prompt.
 */
export function createPreamble(): Preamble {
  let pending = "";
  let outside = "";
  let unclosed = "";
  let depth = 0;
  let reasoned = false;

  const pass = (length: number) => {
    if (depth > 0) unclosed += pending.slice(0, length);
    else outside += pending.slice(0, length);
    pending = pending.slice(length);
  };
  const open = (length: number) => {
    pending = pending.slice(length);
    depth++;
    reasoned = true;
  };
  const close = (length: number) => {
    pending = pending.slice(length);
    if (depth === 0) outside = "";
    depth = Math.max(depth - 1, 0);
    if (depth === 0) unclosed = "";
    reasoned = true;
  };

  /** Handles the tag at the start of `pending`. */
  const step = (): "more" | "next" | "page" => {
    const tag = tagAtStart(pending);
    if (tag === "more") return "more";
    if (tag === "none") pass(1);
    else if (channel.test(tag)) return stepChannel(tag);
    else if (openers.test(tag) || (reasoningTag.test(tag) && !isClosing(tag))) open(tag.length);
    else if (closers.test(tag) || reasoningTag.test(tag)) close(tag.length);
    else if (controlToken.test(tag)) pending = pending.slice(tag.length);
    else if (pageTag.test(tag) && depth === 0 && !jsonOpening.test(outside)) return stepPage(tag);
    else pass(tag.length);
    return "next";
  };

  /** `<|channel|>analysis` opens thinking, `<|channel|>final` ends it. */
  const stepChannel = (tag: string): "more" | "next" => {
    const word = /^\w*/.exec(pending.slice(tag.length))?.[0] ?? "";
    if (tag.length + word.length === pending.length && word.length < 20) return "more";
    if (/^(?:analysis|thought|thinking|commentary)/.test(word)) open(tag.length + word.length);
    else close(tag.length + word.length);
    return "next";
  };

  const stepPage = (tag: string): "more" | "next" | "page" => {
    const next = /\S/.exec(pending.slice(tag.length))?.[0];
    if (next === undefined) return "more";
    if (next === "<") return "page";
    pass(tag.length);
    return "next";
  };

  return {
    write(text) {
      pending += text;
      for (;;) {
        const at = pending.search(/[<[]/);
        pass(at < 0 ? pending.length : at);
        if (pending === "") return undefined;
        const result = step();
        if (result === "more") return undefined;
        if (result === "page") return pending;
      }
    },
    end() {
      pass(pending.length);
      return { outside, unclosed };
    },
    get reasoned() {
      return reasoned;
    },
    get wrapped() {
      return outside.trim() !== "";
    },
  };
}

/** The whole tag that the text begins with; `more` when it may become one, `none` when it is none. */
function tagAtStart(text: string): string | "more" | "none" {
  if (text.startsWith("[")) {
    const tag = /^\[\/?THINK\]/.exec(text)?.[0];
    if (tag !== undefined) return tag;
    return "[THINK]".startsWith(text) || "[/THINK]".startsWith(text) ? "more" : "none";
  }
  const end = text.slice(1, longestTag).search(/[<>]/) + 1;
  if (end === 0) return text.length < longestTag ? "more" : "none";
  return text[end] === ">" ? text.slice(0, end + 1) : "none";
}

function isClosing(tag: string): boolean {
  return /^<\s*\//.test(tag);
}
