import type { Tally } from "../report.ts";
import { flipComparisons } from "./comparisons.ts";
import { GrowingText } from "./growing-text.ts";

/** A bracket that is open. */
export interface Frame {
  closer: ")" | "]" | "}";
  /** A block of rules or declarations, rather than a bracket inside one of them. */
  isBlock: boolean;
  /** Strings directly in it are URLs, as in `image-set("a.png" 1x)`. */
  hasUrlStrings: boolean;
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
  protected readonly frames: Frame[] = [];
  protected readonly out = new GrowingText();
  /** Input between these two goes to the output as it is, in one piece as soon as something else has to follow. */
  #copied = 0;
  #kept = 0;
  protected statement: Statement = { start: 0, forbiddenBy: undefined };
  /** Nothing but white space since the statement's start. */
  protected isStart = true;

  constructor(css: string, tally: Tally) {
    this.css = css;
    this.tally = tally;
  }

  protected get frame(): Frame | undefined {
    return this.frames[this.frames.length - 1];
  }

  /** Where in the output the next thing goes. */
  protected get position(): number {
    return this.out.length + this.#kept - this.#copied;
  }

  /** Input before this is kept as it is or replaced already. */
  protected get kept(): number {
    return this.#kept;
  }

  /** Finishes the content of the innermost bracket. */
  protected leave(): void {
    const frame = this.frame;
    if (frame === undefined) return;
    if (frame.isBlock) this.endStatement();
    if (frame.comparisons.length === 0) return;
    this.flush();
    const compared = this.out.cut(frame.start);
    const flipped = flipComparisons(compared, frame.start, frame.comparisons);
    if (flipped === undefined) this.forbid("css:syntax");
    this.out.add(flipped ?? compared);
  }

  /** Goes back to what was open around the innermost bracket; a block ends its statement. */
  protected endBlock(): void {
    const frame = this.frames.pop();
    if (!frame?.isBlock) return;
    this.statement = frame.statement;
    this.endStatement();
  }

  protected endStatement(): void {
    const { statement } = this;
    if (statement.forbiddenBy !== undefined) {
      if (statement.forbiddenBy !== "") this.tally.add(statement.forbiddenBy);
      this.flush();
      this.out.cut(statement.start);
      statement.forbiddenBy = undefined;
    }
    statement.start = this.position;
    this.isStart = true;
  }

  /** @param rule `undefined` if what forbids the statement is counted already. */
  protected forbid(rule: string | undefined): void {
    this.statement.forbiddenBy ??= rule ?? "";
  }

  protected keepUpTo(end: number): void {
    if (end > this.#kept) this.#kept = end;
  }

  /** Brings the output up to date, so that something else can be written after it. */
  protected flush(): void {
    if (this.#kept > this.#copied) this.out.add(this.css.slice(this.#copied, this.#kept));
    this.#copied = this.#kept;
  }

  protected copyUpTo(end: number): void {
    this.keepUpTo(end);
    this.flush();
  }

  /** Leaves out the input from what is kept to here. */
  protected skipTo(index: number): void {
    this.flush();
    this.#kept = index;
    this.#copied = index;
  }
}
