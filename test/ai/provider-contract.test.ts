import { afterAll, beforeAll, describe } from "bun:test";
import { createGeminiProvider } from "../../src/ai/gemini.ts";
import { withLimits } from "../../src/ai/limits.ts";
import { createMockProvider } from "../../src/ai/mock/mock-provider.ts";
import { createOpenAiProvider } from "../../src/ai/openai.ts";
import { testProviderContract } from "../contract/provider-contract.ts";
import { type AiServer, startAiServer } from "../helpers/ai-server.ts";

let good: AiServer;
let stalled: AiServer;

beforeAll(async () => {
  good = await startAiServer();
  stalled = await startAiServer({ stallAfter: 5 });
});
afterAll(() => {
  good.stop();
  stalled.stop();
});

const openai = (server: AiServer) => createOpenAiProvider({ baseUrl: server.openAiUrl });
const gemini = (server: AiServer) => createGeminiProvider({ apiKey: "key", baseUrl: server.url });

describe("openai", () => testProviderContract({ answering: () => openai(good), stalling: () => openai(stalled) }));

describe("gemini", () => testProviderContract({ answering: () => gemini(good), stalling: () => gemini(stalled) }));

describe("mock", () =>
  testProviderContract({
    answering: () => createMockProvider(),
    stalling: () => createMockProvider({ script: () => ({ cutAfter: 400, end: "stall" }) }),
  }));

describe("a provider within limits", () => {
  const limits = { timeoutMs: 60_000 };
  testProviderContract({
    answering: () => withLimits(openai(good), limits),
    stalling: () => withLimits(openai(stalled), limits),
  });
});
