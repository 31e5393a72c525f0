import { describe, expect, test } from "bun:test";
import { createMockProvider, type MockReply } from "../../src/ai/mock/mock-provider.ts";
import type { GenerationRequest } from "../../src/ai/provider.ts";
import { generateEdit } from "../../src/edits/generate-edit.ts";
import { OutputError } from "../../src/errors.ts";
import { sanitize } from "../../src/sanitizer/sanitize.ts";

const document = (heading: string) =>
  `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>T</title><style>h1{color:red}</style></head><body><main><h1>${heading}</h1><p>Some words about us.</p></main></body></html>`;
const page = sanitize(document("Old")).html;
const pages = new Map([["index.html", page]]);
const good = "The heading is new.\n<<<<<<< SEARCH\n<h1>Old</h1>\n=======\n<h1>New</h1>\n>>>>>>> REPLACE";
const bad = good.replace("<h1>Old</h1>", "<h1>Odd</h1>");

function edit(...replies: (MockReply | string)[]) {
  const calls: GenerationRequest[] = [];
  const provider = createMockProvider({
    script(request, call) {
      calls.push(request);
      const reply = replies[call - 1] ?? "nothing more was scripted";
      return typeof reply === "string" ? { text: reply } : reply;
    },
  });
  const usages: number[] = [];
  const request = { prompt: "a new heading", edit: { pages }, signal: new AbortController().signal };
  const shown: string[] = [];
  const result = generateEdit(provider, request, {
    onUsage: (usage) => void usages.push(usage.outputTokens),
    onHtml: (html) => void shown.push(html),
    onRestart: () => void shown.splice(0),
  });
  return { calls, usages, shown, result };
}

describe("a change comes", () => {
  test("from blocks, in one call", async () => {
    const { calls, result, shown } = edit(good);
    expect(shown).toEqual([]);
    const { pages: edited, summary, repairs } = await result;
    expect(edited.get("index.html")).toBe(page.replace("Old", "New"));
    expect({ summary, repairs, calls: calls.length }).toEqual({
      summary: "The heading is new.",
      repairs: [],
      calls: 1,
    });
  });

  test("from blocks sent again, with what was wrong with the first", async () => {
    const { calls, result, usages } = edit(bad, good);
    expect(await result).toMatchObject({ repairs: ["asked_again"], summary: "The heading is new." });
    expect(calls[1]?.edit?.retry).toEqual({
      reply: bad,
      problems: [expect.stringContaining("does not stand in the page")],
    });
    expect(usages).toEqual(usages.toSorted((a, b) => a - b));
    expect(usages).toHaveLength(2);
  });

  test("from the whole page, when the blocks do not fit twice", async () => {
    const { calls, result, shown } = edit(bad, bad, document("Rewritten"));
    const { pages: edited, repairs } = await result;
    expect(shown.join("")).toBe(edited.get("index.html") ?? "");
    expect(edited.get("index.html")).toContain("<h1>Rewritten</h1>");
    expect(repairs).toEqual(["asked_again", "rewritten"]);
    expect(calls[2]?.edit).toEqual({ pages, rewrite: true });
  });

  test("from a complete document in place of blocks", async () => {
    const { calls, result } = edit(`Here is the page:\n\`\`\`html\n${document("Whole")}\n\`\`\``);
    const { pages: edited, repairs } = await result;
    expect(edited.get("index.html")).toContain("<h1>Whole</h1>");
    expect(repairs).toEqual(["wrapping_removed"]);
    expect(calls).toHaveLength(1);
  });

  test("from a reply that was cut off and continued", async () => {
    const { result } = edit({ text: good.slice(0, 60), end: "length" }, good.slice(60));
    expect(await result).toMatchObject({ repairs: ["continued"] });
  });

  test("with a summary of its own when the model says nothing", async () => {
    const { result } = edit(good.slice(good.indexOf("<")));
    expect((await result).summary).toBe("“Old” → “New”");
  });
});

describe("no change comes", () => {
  const failures: [string, (MockReply | string)[], string][] = [
    ["of a refusal", ["I'm sorry, but I can't help with that."], "refused"],
    ["of half a document", [document("Half").slice(0, 150)], "truncated"],
    [
      "of a document with a part left out",
      [document("x").replace("<p>", "<!-- rest of the page unchanged --><p>")],
      "elided",
    ],
    ["of a filtered reply", [{ text: good, end: "blocked" }], "blocked"],
    ["of a reply without an end", [{ text: good, end: "unknown" }], "unfinished"],
    ["of prose three times", ["Done!", "Done!", "Done!"], "no_document"],
    ["of nothing", ["", "", ""], "empty"],
  ];
  test.each(failures)("%s", async (_, replies, reason) => {
    const error = await edit(...replies).result.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OutputError);
    expect((error as OutputError).reason).toBe(reason as never);
  });
});
