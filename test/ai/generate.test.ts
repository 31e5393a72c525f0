import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { createGeminiProvider } from "../../src/ai/gemini.ts";
import { type GeneratePageOptions, generatePage } from "../../src/ai/generate.ts";
import { createOpenAiProvider } from "../../src/ai/openai.ts";
import type { TokenUsage } from "../../src/ai/provider.ts";
import { request } from "../contract/provider-contract.ts";
import { goodPage } from "../helpers/ai-scripts.ts";
import { type AiScript, type AiServer, startAiServer } from "../helpers/ai-server.ts";
import { expectedOutcome, type ReplyOutcome, readReply, replyCases } from "./reply/reply-table.ts";

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

async function generate(name: keyof typeof providers, scripts: AiScript[], more: Partial<GeneratePageOptions> = {}) {
  server.play(...scripts);
  let html = "";
  const onHtml = (chunk: string) => {
    html += chunk;
  };
  const onRestart = () => {
    html = "";
  };
  const page = await generatePage(providers[name](), request(), { onHtml, onRestart, ...more });
  return { html, ...page };
}

const usage = (inputTokens: number, outputTokens: number) => ({ usage: { inputTokens, outputTokens } });
const half = goodPage.indexOf('<section id="menu"') + 12;

test("gives the page, its title, and what it cost", async () => {
  const page = await generate("openai", [usage(100, 900)]);
  expect(page).toMatchObject({
    html: goodPage,
    title: "Ember & Oak Coffee",
    finish: "stop",
    provider: "openai",
    model: "scripted-model",
    repairs: [],
    reply: goodPage,
    ...usage(100, 900),
  });
});

test("hands the page on while it is being written", async () => {
  const chunks: string[] = [];
  await generate("openai", [{}], { onHtml: (chunk) => chunks.push(chunk) });
  expect(chunks.length).toBeGreaterThan(10);
  expect(chunks.join("")).toBe(goodPage);
});

describe("a reply cut off at the output limit", () => {
  const cut: AiScript = { reply: goodPage.slice(0, half), finish: "length", ...usage(10, 20) };

  test.each([
    ["goes on where it stopped", goodPage.slice(half)],
    ["goes on with its last words said again", goodPage.slice(half - 60)],
    ["goes on with the fence opened again", `\`\`\`html\n${goodPage.slice(half - 20)}\n\`\`\``],
  ])("%s", async (_, reply) => {
    for (const name of ["openai", "gemini"] as const) {
      const page = await generate(name, [cut, { reply, ...usage(30, 40) }]);
      expect(page.html).toBe(goodPage);
      expect(page.repairs).toContain("continued");
      expect(page.usage).toEqual({ inputTokens: 40, outputTokens: 60 });
    }
    expect(server.requests[1]?.body.messages[2]).toEqual({ role: "assistant", content: goodPage.slice(0, half) });
  });

  test("is continued twice, and then it is truncated", async () => {
    const third = Math.floor(half / 3);
    const parts = [0, 1, 2].map(
      (part): AiScript => ({
        reply: goodPage.slice(part * third, (part + 1) * third),
        finish: "length",
      }),
    );
    await expect(generate("openai", [...parts, {}])).rejects.toMatchObject({ reason: "truncated" });
    expect(server.requests).toHaveLength(3);
  });

  test("is whole after the second continuation", async () => {
    const [a, b] = [400, half];
    const scripts: AiScript[] = [
      { reply: goodPage.slice(0, a), finish: "length" },
      { reply: goodPage.slice(a, b), finish: "length" },
      { reply: goodPage.slice(b) },
    ];
    expect((await generate("gemini", scripts)).html).toBe(goodPage);
  });

  test("is not continued again when the model starts over instead", async () => {
    const over: AiScript = { reply: goodPage, finish: "length" };
    await expect(generate("openai", [cut, over])).rejects.toMatchObject({ reason: "truncated" });
    expect(server.requests).toHaveLength(2);
  });

  test("is not a success because the continuation ends without a reason", async () => {
    const rest: AiScript = { reply: goodPage.slice(half), finish: "none" };
    await expect(generate("openai", [cut, rest])).rejects.toMatchObject({ reason: "unfinished" });
  });
});

describe("a reply spent on thinking", () => {
  const spent: AiScript = { reply: "", reasoning: "so many thoughts", finish: "length", ...usage(10, 500) };

  test("is asked for once more, with less of it", async () => {
    const page = await generate("gemini", [spent, usage(10, 300)]);
    expect(page).toMatchObject({ html: goodPage, repairs: ["asked_to_think_less"], ...usage(20, 800) });
    expect(server.requests).toHaveLength(2);
  });

  test("is truncated when that is spent too", async () => {
    await expect(generate("openai", [spent])).rejects.toMatchObject({ reason: "truncated" });
    expect(server.requests).toHaveLength(2);
  });

  test("that was told apart never becomes a page", async () => {
    for (const name of ["openai", "gemini"] as const)
      await expect(generate(name, [{ reply: "", reasoning: goodPage }])).rejects.toMatchObject({ reason: "empty" });
  });
});

test("tells what was spent even when no page comes of it", async () => {
  const spent: TokenUsage[] = [];
  const script = { reply: "I'm sorry, but I can't help with that.", ...usage(7, 9) };
  const asked = generate("openai", [script], { onUsage: (total) => spent.push(total) });
  await expect(asked).rejects.toMatchObject({ reason: "refused" });
  expect(spent).toEqual([{ inputTokens: 7, outputTokens: 9 }]);
});

test("hangs up on a model that repeats itself", async () => {
  const reply = "<!doctype html><html><body>".concat("<p>And then we bake bread again.</p>\n".repeat(5000));
  await expect(generate("openai", [{ reply, stallAfter: 3000 }])).rejects.toMatchObject({ reason: "repetitive" });
  expect(await server.requests[0]?.ended).toBe("left");
});

describe("over HTTP, in splits inside characters and frames", () => {
  for (const name of ["openai", "gemini"] as const) {
    for (const row of replyCases) {
      // Gemini has no word for a refusal. A model that is asked to go on after a cut is cut off again here.
      if (row.finish === "refused" && name === "gemini") continue;
      test(`${name}: ${row.file} (${row.finish ?? "stop"})`, async () => {
        const reply = await readReply(row.file);
        const finish = row.finish === "unknown" ? "none" : (row.finish ?? "stop");
        const outcome: ReplyOutcome = await generate(name, [{ reply, finish, pieceLength: 53, writeBytes: 71 }]).then(
          ({ html, repairs }) => ({ page: html, repairs: repairs.toSorted() }),
          (error) => ({ error: error.name === "ProviderError" ? "provider" : error.reason }),
        );
        expect(outcome).toEqual(await expectedOutcome(row));
      });
    }
  }
});
