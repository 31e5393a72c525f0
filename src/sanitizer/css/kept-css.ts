import { limits } from "../limits.ts";
import type { Tally } from "../report.ts";
import { flipComparisons } from "./comparisons.ts";
import { GrowingText } from "./growing-text.ts";

type Closer = ")" | "]" | "}";

/** A bracket that is open. */
interface Frame {
  closer: Closer;
  /** A block of rules or declarations, rather than a bracket inside one of them. */
  isBlock: boolean;
  /** Name of the function it belongs to, in lower case; `""` if there is none. */
  functionName: string;
  /** Where its content starts in the output. */
  start: number;
  /** Places in the output of `<` (true) and `<=` (false) that were left out, to be turned round at the end. */
  comparisons: { at: number; isStrict: boolean }[];
  /** The statement this block belongs to. */
  statement: Statement;
}

/** A rule, at-rule or declaration, from its first token on. */
interface Statement {
  start: number;
  /** The rule that forbids it. */
  forbiddenBy: string | undefined;
}

/**
 * What is kept of a style sheet while it is read: the output so far, the brackets that are open, and the statement that
 * goes as a whole if something in it is forbidden.
 */
export abstract class KeptCss {
  protected readonly css: string;
  protected readonly tally: Tally;
  /** Everything before this is read. */
  protected index = 0;
  protected readonly out = new GrowingText();
  protected statement: Statement = { start: 0, forbiddenBy: undefined };
  /** Nothing but white space since the statement's start. */
  protected isStart = true;
  readonly #frames: Frame[] = [];
  /** Input between these two goes to the output as it is, in one piece as soon as something else has to follow. */
  #copied = 0;
  #kept = 0;

  constructor(css: string, tally: Tally) {
    this.css = css;
    this.tally = tally;
  }

  /** The innermost bracket. */
  protected get frame(): Frame | undefined {
    return this.#frames[this.#frames.length - 1];
  }

  /** Input before this is kept as it is or replaced already. */
  protected get kept(): number {
    return this.#kept;
  }

  /** Where in the output the next thing goes. */
  get #position(): number {
    return this.out.length + this.#kept - this.#copied;
  }

  /** Opens the bracket at the index, unless it is too deep: then everything from its statement on goes. */
  protected enter(closer: Closer, functionName = ""): boolean {
    this.isStart = false;
    if (this.#frames.length >= limits.styleDepth) {
      // Nothing below may be understood differently by a browser, so the sheet ends here.
      this.forbid("limit:style-depth");
      this.index = this.css.length;
      this.skipTo(this.index);
      return false;
    }
    this.index++;
    this.#keepUpTo(this.index);
    const { statement } = this;
    this.#frames.push({ closer, isBlock: false, functionName, start: this.#position, comparisons: [], statement });
    return true;
  }

  /** Opens the block of rules or declarations at the index. */
  protected enterBlock(): void {
    if (!this.enter("}") || this.frame === undefined) return;
    this.frame.isBlock = true;
    this.statement = { start: this.#position, forbiddenBy: undefined };
    this.isStart = true;
  }

  protected close(closer: Closer): void {
    const isMatch = this.frame?.closer === closer;
    if (isMatch) {
      this.#keepUpTo(this.index);
      this.#finishContent();
    } else {
      this.isStart = false;
      this.forbid("css:syntax");
    }
    this.index++;
    if (!isMatch) return;
    this.#keepUpTo(this.index);
    this.#leave();
  }

  /** A semicolon ends a statement, except in brackets. */
  protected semicolon(): void {
    this.index++;
    if (this.frame && !this.frame.isBlock) return;
    this.#keepUpTo(this.index);
    this.#endStatement();
  }

  /** Closes whatever is open. */
  protected finish(): string {
    this.copyUpTo(this.index);
    for (let { frame } = this; frame; frame = this.frame) {
      this.#finishContent();
      this.out.add(frame.closer);
      this.#leave();
    }
    this.#endStatement();
    return this.out.toString();
  }

  /** @param rule `undefined` if what forbids the statement is counted already. */
  protected forbid(rule: string | undefined): void {
    this.statement.forbiddenBy ??= rule ?? "";
  }

  /** Brings the output up to this place of the input, so that something else can be written after it. */
  protected copyUpTo(end: number): void {
    this.#keepUpTo(end);
    this.#flush();
  }

  /** Leaves out the input from what is kept to here. */
  protected skipTo(index: number): void {
    this.#flush();
    this.#kept = index;
    this.#copied = index;
  }

  #keepUpTo(end: number): void {
    if (end > this.#kept) this.#kept = end;
  }

  #flush(): void {
    if (this.#kept > this.#copied) this.out.add(this.css.slice(this.#copied, this.#kept));
    this.#copied = this.#kept;
  }

  #finishContent(): void {
    const { frame } = this;
    if (frame === undefined) return;
    if (frame.isBlock) this.#endStatement();
    if (frame.comparisons.length === 0) return;
    this.#flush();
    const compared = this.out.cut(frame.start);
    const flipped = flipComparisons(compared, frame.start, frame.comparisons);
    if (flipped === undefined) this.forbid("css:syntax");
    this.out.add(flipped ?? compared);
  }

  /** Goes back to what was open around the innermost bracket; a block ends its statement. */
  #leave(): void {
    const frame = this.#frames.pop();
    if (!frame?.isBlock) return;
    this.statement = frame.statement;
    this.#endStatement();
  }

  #endStatement(): void {
    const { statement } = this;
    if (statement.forbiddenBy !== undefined) {
      if (statement.forbiddenBy !== "") this.tally.add(statement.forbiddenBy);
      this.#flush();
      this.out.cut(statement.start);
      statement.forbiddenBy = undefined;
    }
    statement.start = this.#position;
    this.isStart = true;
  }
}
