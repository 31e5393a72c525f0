import type { CommandContext } from "./context.ts";

const gap = "  ";
const fallbackColumns = 80;

/**
 * Rows for a person on a terminal: aligned, under a header, cut to fit. For a pipe: fields between tabs, whole, without
 * a header.
 *
 * @param options.lastWholeOrNot Leaves the last column out instead of cutting it.
 */
export function formatTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  { stdout, lastWholeOrNot = false }: Pick<CommandContext, "stdout"> & { lastWholeOrNot?: boolean },
): string {
  const clean = rows.map((row) => row.map(toCell));
  if (stdout.isTTY !== true) return clean.map((row) => `${row.join("\t")}\n`).join("");
  const lines = [header, ...clean];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => Bun.stringWidth(line[column] ?? ""))));
  const columns = stdout.columns || fallbackColumns;
  const whole = widths.reduce((sum, width) => sum + width) + gap.length * (widths.length - 1);
  const shown = lastWholeOrNot && whole > columns ? lines.map((line) => line.slice(0, -1)) : lines;
  return shown
    .map((line) => {
      const padded = line.map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - Bun.stringWidth(cell)));
      return `${cut(padded.join(gap).trimEnd(), columns)}\n`;
    })
    .join("");
}

/** One line, and nothing in it that a terminal obeys or that turns the direction of the text. */
export function toCell(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "")
    .trim();
}

/** The beginning of a line that is too long, in so many cells of a terminal. */
export function cut(line: string, columns: number): string {
  if (Bun.stringWidth(line) <= columns) return line;
  let kept = "";
  let width = 1;
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    width += Bun.stringWidth(segment);
    if (width > columns) break;
    kept += segment;
  }
  return `${kept}…`;
}
