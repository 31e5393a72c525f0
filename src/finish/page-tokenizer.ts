import { parseAttributes, type Token } from "./token.ts";

export interface PageTokenizer {
  write(html: string): void;
  end(): void;
}

/**
 * Reads the sanitizer's canonical output, in chunks that may end anywhere. In that form `<` begins a tag wherever it
 * stands, `>` ends it, and nothing but a style sheet is text of another kind; so a few lines read it rightly.
 */
export function createPageTokenizer(onToken: (token: Token) => void): PageTokenizer {
  let pending = "";
  let foreign = 0;
  let style: Extract<Token, { kind: "style" }> | undefined;

  const readTag = (source: string): void => {
    const name = /^[^\s>]*/.exec(source)?.[0] ?? "";
    if (name.startsWith("!")) onToken({ kind: "markup", html: `<${source}>` });
    else if (name.startsWith("/")) readEnd(name.slice(1));
    else readStart(name, source);
  };

  const readStart = (name: string, source: string): void => {
    const attributes = parseAttributes(source.slice(name.length));
    if (name === "style") {
      style = { kind: "style", attributes, css: "", foreign: foreign > 0 };
      return;
    }
    if (foreign > 0 || name === "svg" || name === "math") foreign += 1;
    onToken({ kind: "start", name, attributes, foreign: foreign > 0 });
  };

  const readEnd = (name: string): void => {
    if (style) {
      const whole = style;
      style = undefined;
      onToken(whole);
      return;
    }
    onToken({ kind: "end", name, foreign: foreign > 0 });
    if (foreign > 0) foreign -= 1;
  };

  const readText = (html: string): void => {
    if (html === "") return;
    if (style) style.css += html;
    else onToken({ kind: "text", html });
  };

  return {
    write(html) {
      const text = pending + html;
      let index = 0;
      for (;;) {
        const open = text.indexOf("<", index);
        readText(text.slice(index, open < 0 ? text.length : open));
        const close = open < 0 ? -1 : text.indexOf(">", open);
        if (close < 0) {
          pending = open < 0 ? "" : text.slice(open);
          return;
        }
        readTag(text.slice(open + 1, close));
        index = close + 1;
      }
    },
    end() {
      readText(pending);
      pending = "";
    },
  };
}
