/**
 * Text that grows at its end and is cut back there. Either takes time by what comes or goes, however much stays.
 */
export class GrowingText {
  readonly #pieces: string[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(piece: string): void {
    if (piece === "") return;
    this.#pieces.push(piece);
    this.#length += piece.length;
  }

  /** Takes away everything from this position on. */
  cut(start: number): string {
    let cut = "";
    while (this.#length > start) {
      const piece = this.#pieces.pop() ?? "";
      this.#length -= piece.length;
      const kept = Math.max(0, start - this.#length);
      this.add(piece.slice(0, kept));
      cut = piece.slice(kept) + cut;
    }
    return cut;
  }

  toString(): string {
    return this.#pieces.join("");
  }
}
