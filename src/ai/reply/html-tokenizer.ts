/** A piece of HTML source. Text and raw text may come in several pieces; everything else is whole. */
export interface HtmlToken {
  kind: "text" | "raw" | "open" | "close" | "comment" | "declaration";
  /** The source as it stands: all tokens joined are the input. */
  source: string;
  /** Lower-case name of the element opened, closed, or whose raw text this is; else empty. */
  name: string;
  selfClosing: boolean;
}

export interface HtmlTokenizer {
  /** @returns What follows the token at which `onToken` asked to stop; `undefined` when it did not. */
  write(text: string): string | undefined;
  /** A tag or comment that was begun and not finished, or `<name>` of an element whose raw text was never closed. */
  unfinished(): string;
}

const rawTextElements = new Set(["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"]);

/** Inside a tag: in its name or between attributes, after `=`, in a value. */
type TagState = "name" | "equals" | "bare" | '"' | "'";

type Step = "next" | "more" | "stop";

/**
 * Splits HTML into tokens as it arrives, after the standard's tokenizer as far as that decides where a tag, a comment
 * and raw text end. It is for reading a model's reply, not for safety: the sanitizer has its own.
 *
 * Linear in the input for any chunking: nothing that was searched is searched, or copied, again.
 *
 * @param onToken Returns true to stop after this token.
 */
export function createHtmlTokenizer(onToken: (token: HtmlToken) => boolean): HtmlTokenizer {
  /** Input not yet looked at. */
  let input = "";
  /** The unfinished token so far; only ever appended to, so that it need not be copied. */
  let begun = "";
  let mode: "data" | "tag" | "comment" | "declaration" | "raw" = "data";
  let tagState: TagState = "name";
  let commentTail = "";
  let rawName = "";

  const give = (kind: HtmlToken["kind"], source: string, name = "", selfClosing = false): Step =>
    onToken({ kind, source, name, selfClosing }) ? "stop" : "next";
  const take = (length: number): string => {
    const taken = input.slice(0, length);
    input = input.slice(length);
    return taken;
  };
  const finish = (length: number): string => {
    const source = begun + take(length);
    begun = "";
    mode = "data";
    return source;
  };
  const keepAll = (): Step => {
    begun += take(input.length);
    return "more";
  };

  const inData = (): Step => {
    const at = input.indexOf("<");
    if (at !== 0) return give("text", take(at < 0 ? input.length : at));
    if (input.length < 4 && ("<!--".startsWith(input) || input === "</")) return "more";
    if (input.startsWith("<!--")) {
      mode = "comment";
      // `<!-->` is a whole comment: the dashes count twice.
      begun = take(2);
      commentTail = "";
    } else if (/^<[!?]/.test(input)) mode = "declaration";
    else if (/^<\/?[a-z]/i.test(input)) {
      mode = "tag";
      tagState = "name";
      begun = take(1);
    } else return give("text", take(1));
    return "next";
  };

  const inTag = (): Step => {
    for (let at = 0; at < input.length; at++) {
      const char = input[at] ?? "";
      if (char === ">" && tagState !== '"' && tagState !== "'") return endTag(finish(at + 1));
      tagState = nextTagState(tagState, char);
    }
    return keepAll();
  };

  const endTag = (source: string): Step => {
    const name = (/^<\/?([^\s/>]+)/.exec(source)?.[1] ?? "").toLowerCase();
    if (source.startsWith("</")) return give("close", source, name);
    const selfClosing = source.endsWith("/>");
    if (!selfClosing && rawTextElements.has(name)) {
      mode = "raw";
      rawName = name;
    }
    return give("open", source, name, selfClosing);
  };

  const inComment = (): Step => {
    const at = (commentTail + input).indexOf("-->");
    if (at >= 0) return give("comment", finish(at + 3 - commentTail.length));
    commentTail = (commentTail + input).slice(-2);
    return keepAll();
  };

  const inDeclaration = (): Step => {
    const at = input.indexOf(">");
    return at < 0 ? keepAll() : give("declaration", finish(at + 1));
  };

  const inRaw = (): Step => {
    const name = rawName;
    const at = input.search(new RegExp(`</${name}[\\s/>]`, "i"));
    if (at === 0) {
      mode = "data";
      return "next";
    }
    // What may still become the end tag waits for the next piece.
    const length = at > 0 ? at : input.length - (name.length + 2);
    return length > 0 ? give("raw", take(length), name) : "more";
  };

  const steps = { data: inData, tag: inTag, comment: inComment, declaration: inDeclaration, raw: inRaw };

  return {
    write(text) {
      input += text;
      while (input !== "") {
        const step = steps[mode]();
        if (step === "more") return undefined;
        if (step === "stop") return take(input.length);
      }
      return undefined;
    },
    unfinished: () => (mode === "raw" ? `<${rawName}>` : begun + input),
  };
}

function nextTagState(state: TagState, char: string): TagState {
  switch (state) {
    case "name":
      return char === "=" ? "equals" : "name";
    case "equals":
      if (/\s/.test(char)) return "equals";
      return char === '"' || char === "'" ? char : "bare";
    case "bare":
      return /\s/.test(char) ? "name" : "bare";
    default:
      return char === state ? "name" : state;
  }
}
