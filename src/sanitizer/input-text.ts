/**
 * Brings the pieces of a text into the form HTML is defined on, whatever the pieces are: line feeds only, whole
 * characters only, no byte order mark.
 */
export class InputText {
  #isFirst = true;
  #endedInReturn = false;
  #highSurrogate = "";

  /** @returns The part of the text that is certain now. */
  take(piece: string): string {
    let text = this.#highSurrogate + piece;
    this.#highSurrogate = "";
    if (text === "") return "";
    if (this.#isFirst && text.startsWith("\ufeff")) text = text.slice(1);
    this.#isFirst = false;
    const last = text.charCodeAt(text.length - 1);
    if (last >= 0xd800 && last <= 0xdbff) {
      this.#highSurrogate = text.slice(-1);
      text = text.slice(0, -1);
    }
    return this.#joinLines(text).toWellFormed();
  }

  /** @returns What was held back. */
  end(): string {
    const rest = this.#highSurrogate.toWellFormed();
    this.#highSurrogate = "";
    return rest;
  }

  #joinLines(text: string): string {
    if (text === "") return "";
    const isSecondHalf = this.#endedInReturn && text.startsWith("\n");
    this.#endedInReturn = text.endsWith("\r");
    const rest = isSecondHalf ? text.slice(1) : text;
    return rest.includes("\r") ? rest.replace(/\r\n?/g, "\n") : rest;
  }
}
