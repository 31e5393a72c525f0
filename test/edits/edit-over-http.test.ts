import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { createGeminiProvider } from "../../src/ai/gemini.ts";
import { createOpenAiProvider } from "../../src/ai/openai.ts";
import { generateEdit } from "../../src/edits/generate-edit.ts";
import { sanitize } from "../../src/sanitizer/sanitize.ts";
import { goodPage } from "../helpers/ai-scripts.ts";
import { type AiScript, type AiServer, startAiServer } from "../helpers/ai-server.ts";

const unwatched = { onUsage() {}, onHtml() {}, onRestart() {} };

let server: AiServer;
beforeAll(async () => {
  server = await startAiServer();
});
beforeEach(() => {
  server.requests.length = 0;
});
afterAll(() => server.stop());

const providers = {
  openai: () => createOpenAiProvider({ baseUrl: server.openAiUrl }),
  gemini: () => createGeminiProvider({ apiKey: "key", baseUrl: server.url }),
};
const page = sanitize(goodPage).html;
const heading = /<h1[^>]*>.*?<\/h1>/s.exec(page)?.[0] ?? "";
const now = "<h1>$& costs $$5 \\1 – café 🍵 &amp; more</h1>";
const block = (search: string) => `Neue Überschrift ☕.\n\n<<<<<<< SEARCH\n${search}\n=======\n${now}\n>>>>>>> REPLACE`;

function edit(name: keyof typeof providers, ...replies: AiScript[]) {
  // Splits inside characters and frames.
  server.play(...replies.map((reply) => ({ pieceLength: 11, writeBytes: 13, ...reply })));
  const request = { prompt: "Neue Überschrift", edit: { pages: new Map([["index.html", page]]) } };
  return generateEdit(providers[name](), { ...request, signal: new AbortController().signal }, unwatched);
}

/** What was said to the model, whatever its protocol calls it. */
function turns(name: keyof typeof providers, call: number): string[] {
  const { body } = server.requests[call] ?? {};
  return name === "openai"
    ? body.messages.map((message: { role: string; content: string }) => message.content)
    : [
        body.systemInstruction.parts[0].text,
        ...body.contents.map((one: { parts: { text: string }[] }) => one.parts[0]?.text),
      ];
}

describe.each(["openai", "gemini"] as const)("an edit through %s", (name) => {
  test("changes what its block says, to the byte, however the reply is split", async () => {
    const { pages, summary } = await edit(name, { reply: block(heading) });
    expect(pages.get("index.html")).toBe(page.split(heading).join(now));
    expect(summary).toBe("Neue Überschrift ☕.");
    const [system, said] = turns(name, 0);
    expect(system).toContain("<<<<<<< SEARCH");
    expect(said).toContain(page);
    expect(said).toEndWith("Neue Überschrift");
  });

  test("whose block is slightly off is asked for again, in the same conversation", async () => {
    const wrong = block("<h1>Something like it</h1>");
    const { repairs } = await edit(name, { reply: wrong }, { reply: block(heading) });
    expect(repairs).toEqual(["asked_again"]);
    expect(turns(name, 1)).toEqual([...turns(name, 0), wrong, expect.stringContaining("does not stand in the page")]);
  });

  test("that only says it is done is asked for again, and then the page is written anew", async () => {
    const { repairs, pages } = await edit(name, { reply: "Fixed!" }, { reply: "Fixed, really!" }, {});
    expect(repairs).toEqual(["asked_again", "rewritten"]);
    expect(pages.get("index.html")).toBe(goodPage);
  });

  test("that is cut off goes on where it stopped", async () => {
    const whole = block(heading);
    const at = whole.indexOf("🍵");
    const { pages, repairs } = await edit(
      name,
      { reply: whole.slice(0, at), finish: "length" },
      { reply: whole.slice(at) },
    );
    expect(repairs).toEqual(["continued"]);
    expect(pages.get("index.html")).toBe(page.split(heading).join(now));
  });

  test.each([
    ["refused", { reply: "I'm sorry, but I can't help with that." }],
    ["blocked", { reply: block(heading).slice(0, 40), finish: "blocked" }],
    ["unfinished", { reply: block(heading), finish: "none" }],
  ] as [string, AiScript][])("that is %s changes nothing", async (reason, script) => {
    await expect(edit(name, script)).rejects.toMatchObject({ reason });
    expect(server.requests).toHaveLength(1);
  });
});
