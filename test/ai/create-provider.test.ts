import { expect, test } from "bun:test";
import { createProvider } from "../../src/ai/create-provider.ts";
import { collect, request } from "../contract/provider-contract.ts";
import { startAiServer } from "../helpers/ai-server.ts";

test("makes the provider that is configured", async () => {
  using server = await startAiServer();
  const openai = await createProvider({
    provider: "openai",
    baseUrl: server.openAiUrl,
    model: "local",
    timeoutMs: 60_000,
  });
  const gemini = await createProvider({ provider: "gemini", apiKey: "k", baseUrl: server.url, timeoutMs: 60_000 });
  expect([openai.name, openai.model, gemini.name, gemini.model]).toEqual([
    "openai",
    "local",
    "gemini",
    "gemini-2.0-flash",
  ]);
  for (const provider of [openai, gemini])
    expect((await collect(provider.generate(request()))).at(-1)).toMatchObject({ finish: "stop" });
});

test("limits it", async () => {
  using server = await startAiServer({ stallAfter: 4 });
  const provider = await createProvider({
    provider: "openai",
    baseUrl: server.openAiUrl,
    timeoutMs: 60_000,
    idleMs: 30,
  });
  await expect(collect(provider.generate(request()))).rejects.toMatchObject({ reason: "unavailable" });
});

test("loads no SDK for the mock", async () => {
  const script = `
    const { createProvider } = await import("./src/ai/create-provider.ts");
    await createProvider({ provider: "mock", timeoutMs: 1000 });
    console.log(Object.keys(require.cache).filter((path) => /node_modules.(openai|@google)/.test(path)).length);
  `;
  const child = Bun.spawn([process.execPath, "-e", script], { cwd: `${import.meta.dir}/../..`, stdout: "pipe" });
  expect((await new Response(child.stdout).text()).trim()).toBe("0");
});
