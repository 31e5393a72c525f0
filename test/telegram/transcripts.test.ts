import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { converse, type Line } from "../helpers/conversation.ts";
import { openTestDatabase } from "../helpers/database.ts";

const languages = ["en", "ru", "uk", "ar", "de", "es", "fr", "hi", "id", "pt", "tr", "zh"];
let spoken: Map<string, Line[]>;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "orchestrator-test-"));
  await using db = await openTestDatabase();
  spoken = await converse(db, { languages, previewsPath: directory, summary: "✓" });
}, 120_000);
afterAll(() => rm(directory, { recursive: true }));

/** As one would read it: each message in its last version, after what it said before. */
function format(lines: readonly Line[]): string {
  const indented = (text: string) => text.replaceAll("\n", "\n   ");
  const keyboard = (rows: string[][]) =>
    rows.map((row) => `\n   ${row.map((button) => `[${button}]`).join(" ")}`).join("");
  return lines
    .map(({ who, versions }) => {
      const [first, ...later] = versions.map((one) => indented(one.text) + keyboard(one.keyboard));
      return `${who === "bot" ? "<" : ">"} ${first}${later.map((one) => `\n ~ ${one}`).join("")}\n`;
    })
    .join("");
}

// What people read in each language is in files, to be read by people. To write them anew: UPDATE_TRANSCRIPTS=1.
describe("the main conversation", () => {
  test.each(languages)("in %s", async (language) => {
    const file = Bun.file(`test/fixtures/telegram/transcripts/${language}.txt`);
    const transcript = format(spoken.get(language) ?? []);
    if (Bun.env["UPDATE_TRANSCRIPTS"]) await Bun.write(file, transcript);
    expect(transcript).toBe(await file.text());
  });
});
