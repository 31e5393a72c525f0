import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { FinishReason } from "../../../src/ai/provider.ts";
import { createReplyReader } from "../../../src/ai/reply/reply-reader.ts";
import { OutputError, ProviderError } from "../../../src/errors.ts";
import { expectedOutcome, type ReplyOutcome, readReply, replyCases } from "./reply-table.ts";

function readInPieces(pieces: Iterable<string>, finish: FinishReason = "stop"): ReplyOutcome {
  let page = "";
  const onRestart = () => {
    page = "";
  };
  const reader = createReplyReader((chunk) => (page += chunk), { onRestart });
  try {
    for (const piece of pieces) reader.write(piece);
    const { repairs } = reader.end(finish);
    return { page, repairs: repairs.toSorted() };
  } catch (error) {
    if (error instanceof ProviderError) return { error: "provider" };
    if (error instanceof OutputError) return { error: error.reason };
    throw error;
  }
}

function* inSizes(text: string, sizes: number[]): Generator<string> {
  for (let at = 0, turn = 0; at < text.length; turn++) {
    const end = at + (sizes[turn % sizes.length] ?? 1);
    yield text.slice(at, end);
    at = end;
  }
}

describe("a reply that goes wrong comes to what the table says", () => {
  for (const row of replyCases) {
    test(`${row.file} (${row.finish ?? "stop"}): ${row.error ?? "the page"}`, async () => {
      expect(readInPieces([await readReply(row.file)], row.finish)).toEqual(await expectedOutcome(row));
    });
  }
});

describe("any chunking of a reply gives the same result", () => {
  for (const row of replyCases) {
    test(`${row.file} (${row.finish ?? "stop"})`, async () => {
      const text = await readReply(row.file);
      const whole = readInPieces([text], row.finish);
      for (const size of [1, 2, 3, 7, 64]) expect(readInPieces(inSizes(text, [size]), row.finish)).toEqual(whole);
      const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 });
      fc.assert(
        fc.property(sizes, (chosen) => expect(readInPieces(inSizes(text, chosen), row.finish)).toEqual(whole)),
        { numRuns: 5, seed: 44 },
      );
    });
  }

  test("made up of fragments that confuse", () => {
    const confusing = fc.constantFrom(
      ..."<think>|</think>|<thi|</thin|<!DOCTYPE html>|<html>|<html lang=en>|<head>|<style>|</style>|</head>|<body>|<p>Hi".split(
        "|",
      ),
      ...'</p>|</body>|</html>|```html\n|```|\n|<!--|-->|<!-- rest unchanged -->|&lt;html&gt;|{"error":1}|<|>|"|\'| '.split(
        "|",
      ),
      ..."<title>|</title>|text|</content>|<|channel|>|analysis|[THINK]|[/THINK]|<main>|</main>|<a title='".split("|"),
    );
    const reply = fc.array(confusing, { maxLength: 40 }).map((parts) => parts.join(""));
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(reply, sizes, (text, chosen) =>
        expect(readInPieces(inSizes(text, chosen))).toEqual(readInPieces([text])),
      ),
      { numRuns: 3000, seed: 7 },
    );
  });
});

describe("a page is handed on as it is written", () => {
  test("with surrogate pairs whole, however the reply is cut", () => {
    const reader = createReplyReader((chunk) => expect(chunk.isWellFormed()).toBe(true));
    for (const unit of "<!doctype html><body><p>Bread 🥐🥖 today".split("")) reader.write(unit);
  });

  test("up to the tag that is not finished yet", async () => {
    const page = await readReply("page.html");
    let seen = "";
    const reader = createReplyReader((chunk) => (seen += chunk));
    const cut = page.indexOf("<section") + 5;
    reader.write(`Here it is:\n\`\`\`html\n${page.slice(0, cut)}`);
    expect(seen).toBe(page.slice(0, page.indexOf("<section")));
  });

  test("inside the stylesheet", async () => {
    const page = await readReply("page.html");
    let seen = "";
    const reader = createReplyReader((chunk) => (seen += chunk));
    reader.write(page.slice(0, page.indexOf("background")));
    expect(page.slice(0, page.indexOf("background"))).toStartWith(seen);
    expect(seen).toContain("font: 1.1rem/1.6");
  });

  test("a remark about a part left out ends the reading at once", async () => {
    const text = await readReply("36-left-out-comment.txt");
    const reader = createReplyReader(() => {});
    expect(() => reader.write(text.slice(0, text.indexOf("unchanged") + 20))).toThrow("left out part of the page");
  });

  test("a loop ends the reading long before the model's limit", async () => {
    const reader = createReplyReader(() => {});
    const loop = "<p>And then we bake bread again.</p>\n";
    expect(() => reader.write(loop.repeat(1000))).toThrow("repeats itself");
  });
});

test("a draft is an error for a reader that cannot start anew", async () => {
  const text = await readReply("19-draft-page-before-closing-think.txt");
  const reader = createReplyReader(() => {});
  reader.write(text);
  expect(() => reader.end("stop")).toThrow("draft");
});

test("takes the title from the page, on one line and unescaped", () => {
  const reader = createReplyReader(() => {});
  reader.write("<!doctype html><html><svg><title>Icon</title></svg><title>\n Salt &amp; Rye </title><p>Hello</html>");
  expect(reader.end("stop").title).toBe("Salt & Rye");
});

test("comes to an orderly end on the worst input in tiny pieces", () => {
  const worst = [
    "<!--",
    "<p title='",
    "/*",
    "<div>",
    "</x>",
    "<html ",
    "&lt;",
    "<think>",
    "</think>",
    "{",
    "[",
    "```\n",
  ];
  const openings = ["", "<!doctype html><html>", "<!doctype html><html><style>", "<!doctype html><p>Hi</p></html>"];
  let read = 0;
  for (const opening of openings) {
    for (const piece of worst) {
      const reader = createReplyReader(() => {}, { onRestart() {} });
      try {
        reader.write(opening);
        for (let at = 0; at < 5000; at++) reader.write(piece + ((at * 2_654_435_761) >>> 0).toString(36));
        reader.end("stop");
      } catch (error) {
        expect(error).toBeInstanceOf(OutputError);
      }
      read++;
    }
  }
  expect(read).toBe(openings.length * worst.length);
}, 60_000);
