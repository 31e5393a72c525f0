import type { Voice } from "../../../design/brief/voice.ts";
import { type Copy, type Labels, labelNames } from "./copy.ts";

type Rows = Map<string, string[]>;

const cells = (row: string): string[] => row.split(" | ").map((cell) => cell.trim());
const choices = (row: string): string[] => row.split(" / ").map((choice) => choice.trim());

/** One table row is `key: value`, or one of `- + " ?` and its cells. */
const rowPattern = /^(?:(?<key>[a-z]+):|(?<mark>[-+"?]))\s+(?<value>.+)$/u;

function readRows(block: string): Rows {
  const rows: Rows = new Map();
  for (const line of block.split("\n").slice(1)) {
    const groups = line.match(rowPattern)?.groups;
    if (!groups) {
      if (line.trim() !== "") throw new SyntaxError(`copy table: cannot read the row "${line}"`);
      continue;
    }
    const key = groups["key"] ?? groups["mark"] ?? "";
    rows.set(key, [...(rows.get(key) ?? []), (groups["value"] ?? "").trim()]);
  }
  return rows;
}

function toCopy(rows: Rows): Copy {
  const all = (key: string): string[] => {
    const values = rows.get(key);
    if (values === undefined) throw new SyntaxError(`copy table: no row "${key}"`);
    return values;
  };
  const one = (key: string): string => all(key)[0] ?? "";
  const passage = (row: string): { title: string; text: string } => {
    const [title = "", text = ""] = cells(row);
    return { title, text };
  };
  const [listLabel = "", listTitle = ""] = cells(one("list"));
  const [storyTitle = "", ...story] = cells(one("story"));
  return {
    names: choices(one("names")),
    kicker: one("kicker"),
    headlines: all("headline"),
    leads: all("lead"),
    action: one("action"),
    listLabel,
    listTitle,
    items: all("-").map((row) => {
      const [title = "", text = "", meta = ""] = cells(row);
      return { title, text, meta };
    }),
    pointsTitle: one("points"),
    points: all("+").map(passage),
    storyTitle,
    story,
    figures: (rows.get("figures") ?? []).flatMap(choices).map((figure) => {
      const [value = "", label = ""] = figure.split(" = ");
      return { value, label };
    }),
    quotes: all('"').map((row) => {
      const [text = "", by = ""] = cells(row);
      return { text, by };
    }),
    questions: all("?").map(passage),
    visit: passage(one("visit")),
    words: choices(one("words")),
  };
}

/**
 * Reads a language's table: blocks that begin with `## kind`, one row a line, cells divided by
 * ` | `, alternatives by ` / `. `## photographer < portfolio` has only the rows that differ.
 *
 * @throws {SyntaxError} If a row cannot be read or one that is needed is missing.
 */
export function parseCopy(source: string): { labels: Labels; copy(voice: Voice): Copy } {
  const blocks = new Map<string, Rows>();
  for (const block of source.split(/^## /mu).slice(1)) {
    const [name = "", other = ""] = block.slice(0, block.indexOf("\n")).split("<");
    blocks.set(name.trim(), new Map([...(blocks.get(other.trim()) ?? []), ...readRows(block)]));
  }
  const rowsOf = (name: string): Rows => {
    const rows = blocks.get(name);
    if (rows === undefined) throw new SyntaxError(`copy table: no block "${name}"`);
    return rows;
  };
  const ui = rowsOf("ui");
  const labels = Object.fromEntries(
    labelNames.map((name) => {
      const value = ui.get(name)?.[0];
      if (value === undefined) throw new SyntaxError(`copy table: no label "${name}"`);
      return [name, value];
    }),
  ) as Labels;
  return { labels, copy: (voice) => toCopy(rowsOf(voice)) };
}
