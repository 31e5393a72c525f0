import { checkUrl } from "../policy/urls.ts";
import type { Tally } from "../report.ts";
import { atRuleForReport, isAllowedAtRule } from "./at-rules.ts";
import {
  isForbiddenFunction,
  isForbiddenProperty,
  isHarmlessAmongUrls,
  mayBeForbiddenProperty,
  takesUrlStrings,
} from "./forbidden.ts";
import { KeptCss } from "./kept-css.ts";
import {
  isEscape,
  isNameCode,
  isSpaceCode,
  joinsNext,
  readEscapedName,
  readString,
  readUrl,
  skipComments,
  skipName,
  skipSpace,
  writeString,
} from "./text.ts";

/**
 * A style sheet made safe: the same tokens in canonical form, without comments, without what loads anything from
 * outside, and without a `<`, so that it can end no style element. What CSS itself means is left to the browser: a
 * token that is not understood passes through, so that new CSS works.
 */
export function filterStyleSheet(css: string, tally: Tally): string {
  return new CssFilter(css, tally, true).run();
}

/** The declarations of a `style` attribute made safe in the same way. */
export function filterDeclarations(css: string, tally: Tally): string {
  return new CssFilter(css, tally, false).run().trim();
}

class CssFilter extends KeptCss {
  /** Where the last name with an escape ended: white space before this belongs to the escape. */
  #escapeEnd = -1;
  /** Where a delimiter ended that became white space. */
  #delimiterEnd = -1;
  readonly #isSheet: boolean;

  constructor(css: string, tally: Tally, isSheet: boolean) {
    super(css, tally);
    this.#isSheet = isSheet;
  }

  run(): string {
    const css = this.css;
    while (this.index < css.length) {
      const code = css.charCodeAt(this.index);
      if (isSpaceCode(code)) this.index++;
      else if (isNameCode(code)) this.#word(this.index);
      else this.#symbol(code);
    }
    return this.finish();
  }

  #symbol(code: number): void {
    switch (code) {
      case 0x22:
      case 0x27:
        this.#string();
        break;
      case 0x28:
        this.enter(")");
        break;
      case 0x5b:
        this.enter("]");
        break;
      case 0x7b:
        this.#brace();
        break;
      case 0x29:
        this.close(")");
        break;
      case 0x5d:
        this.close("]");
        break;
      case 0x7d:
        this.close("}");
        break;
      case 0x3b:
        this.semicolon();
        break;
      case 0x5c:
        this.#backslash();
        break;
      case 0x2f:
        this.#slash();
        break;
      case 0x3c:
        this.#lessThan();
        break;
      case 0x40:
        this.#at();
        break;
      default:
        this.isStart = false;
        if (code < 0x20 || code === 0x7f) this.forbid("css:syntax");
        this.index++;
    }
  }

  #word(start: number): void {
    const css = this.css;
    const first = css.charCodeAt(start);
    if (first === 0x2d && css.startsWith("-->", start)) {
      this.#sgmlDelimiter("-->".length);
      return;
    }
    const index = skipName(css, start + 1);
    const next = css.charCodeAt(index);
    if (next === 0x5c && isEscape(css, index)) {
      this.#escapedWord(start);
      return;
    }
    this.index = index;
    if (next === 0x28) this.#function(css.slice(start, index).toLowerCase(), start);
    else if ((this.isStart || next === 0x3a) && mayBeForbiddenProperty(first)) {
      this.#property(css.slice(start, index).toLowerCase());
    }
    this.isStart = false;
  }

  #escapedWord(start: number): void {
    const css = this.css;
    this.copyUpTo(start);
    const { value, text, end } = readEscapedName(css, start);
    const isFunction = css.charCodeAt(end) === 0x28;
    // A function's name decides how its content is read, so it is written plainly.
    const isPlain = isFunction && /^-?[a-z][a-z-]*$/i.test(value);
    this.out.add(isPlain ? value : text);
    this.index = end;
    this.skipTo(end);
    this.#escapeEnd = end;
    if (isFunction) this.#function(value.toLowerCase(), end);
    else this.#property(value.toLowerCase());
    this.isStart = false;
  }

  /** Whether strings are addresses here, as in `image-set("a.png" 1x)`. */
  get #isAmongUrls(): boolean {
    return this.frame !== undefined && takesUrlStrings(this.frame.functionName);
  }

  /** A name that may be a property or, in old Internet Explorer, the start of a filter. */
  #property(name: string): void {
    if (!isForbiddenProperty(name, this.isStart)) return;
    const next = skipSpace(this.css, this.index);
    if (this.css.charCodeAt(next) === 0x3a) this.forbid("css:property");
  }

  /** @param start Where the name begins in the input, unless it is in the output already. */
  #function(name: string, start: number): void {
    if (this.#isAmongUrls && !isHarmlessAmongUrls(name)) this.forbid("css:url");
    if (name === "url") {
      this.#url(start);
      return;
    }
    if (isForbiddenFunction(name, this.frame?.functionName)) this.forbid("css:function");
    this.enter(")", name);
  }

  #url(start: number): void {
    const css = this.css;
    // The name itself is written again, together with the address.
    if (start < this.index) this.copyUpTo(start);
    else this.out.cut(this.out.length - "url".length);
    const url = readUrl(css, this.index + 1);
    if (url !== undefined) {
      this.index = url.end;
      this.#writeUrl(url.value);
      return;
    }
    // Modifiers after the string, or a broken string: nothing we could vouch for.
    this.forbid("css:url");
    this.skipTo(this.index);
    this.enter(")");
  }

  #writeUrl(value: string | undefined): void {
    this.skipTo(this.index);
    this.isStart = false;
    if (value === undefined) {
      this.forbid("css:syntax");
      return;
    }
    const checked = checkUrl(value, "style");
    if ("url" in checked) {
      this.out.add(`url(${writeString(checked.url)})`);
      return;
    }
    if (this.statement.forbiddenBy === undefined) this.tally.add(checked.rule);
    if (this.#isAmongUrls) this.forbid(undefined);
    this.out.add("none");
  }

  #string(): void {
    const css = this.css;
    const start = this.index;
    this.isStart = false;
    const string = readString(css, start);
    if (string === undefined) {
      this.forbid("css:syntax");
      this.copyUpTo(start);
      this.index = start + 1;
      // The line with the lone quote goes; what follows is read as CSS again, as browsers do.
      while (this.index < css.length && css.charCodeAt(this.index) !== 0x0a) this.index++;
      this.skipTo(this.index);
      return;
    }
    this.copyUpTo(start);
    this.index = string.end;
    this.skipTo(string.end);
    if (this.#isAmongUrls) this.#writeUrl(string.value);
    else this.out.add(writeString(string.value));
  }

  #slash(): void {
    const css = this.css;
    if (css.charCodeAt(this.index + 1) !== 0x2a) {
      this.index++;
      this.isStart = false;
      return;
    }
    const end = skipComments(css, this.index);
    const isGlued =
      this.index === this.#escapeEnd ||
      (this.index !== this.#delimiterEnd && joinsNext(css.charCodeAt(this.index - 1)));
    const after = css.charCodeAt(end);
    // One stretch of white space is enough where the comment stood between two.
    this.copyUpTo(isGlued || !isSpaceCode(after) ? this.index : this.#spaceStart());
    const isDelimiter = css.startsWith("-->", end) || css.startsWith("<!--", end);
    if (isGlued && !isDelimiter && (joinsNext(after) || after === 0x28)) this.out.add("/**/");
    this.index = end;
    this.skipTo(end);
  }

  /** Start of the white space just before this place. */
  #spaceStart(): number {
    let start = this.index;
    while (start > this.kept && isSpaceCode(this.css.charCodeAt(start - 1))) start--;
    return start;
  }

  #lessThan(): void {
    const css = this.css;
    if (css.startsWith("<!--", this.index)) {
      this.#sgmlDelimiter("<!--".length);
      return;
    }
    this.copyUpTo(this.index);
    const isStrict = css.charCodeAt(this.index + 1) !== 0x3d;
    this.index += isStrict ? 1 : 2;
    this.skipTo(this.index);
    this.isStart = false;
    const frame = this.frame;
    if (frame?.closer === ")") frame.comparisons.push({ at: this.out.length, isStrict });
    else this.forbid("css:syntax");
  }

  /** `<!--` and `-->` between rules are nothing to CSS, so what comes after them may begin a rule. */
  #sgmlDelimiter(length: number): void {
    this.copyUpTo(this.index);
    this.out.add(" ");
    this.index += length;
    this.skipTo(this.index);
    this.#delimiterEnd = this.index;
  }

  #at(): void {
    const css = this.css;
    const start = this.index;
    const { value, end } = readEscapedName(css, start + 1);
    this.index = Math.max(end, start + 1);
    if (!this.isStart) {
      // No prelude and no value has an at-keyword; whoever reads this one as the start of a rule shall not find it.
      this.forbid("css:syntax");
      return;
    }
    this.isStart = false;
    const name = value.toLowerCase();
    this.copyUpTo(start);
    this.out.add(`@${name}`);
    this.skipTo(this.index);
    const isAllowed = isAllowedAtRule(name) && /^[a-z-]+$/.test(name);
    if (!isAllowed || (!this.#isSheet && this.frame === undefined)) this.forbid(atRuleForReport(name, css, this.index));
  }

  #backslash(): void {
    if (isEscape(this.css, this.index)) {
      this.#escapedWord(this.index);
      return;
    }
    this.forbid("css:syntax");
    this.index++;
  }

  #brace(): void {
    const isBlock = this.#isSheet && (this.frame === undefined || this.frame.isBlock);
    if (isBlock) {
      this.enterBlock();
      return;
    }
    // In a style attribute the first brace could be read as a rule's.
    if (this.frame === undefined) this.forbid("css:syntax");
    this.enter("}");
  }
}
