import { expect, test } from "bun:test";
import { createMockProvider } from "../../../src/ai/mock/mock-provider.ts";
import { writePage } from "../../../src/ai/mock/write-page.ts";
import type { Provider, ReplyEvent } from "../../../src/ai/provider.ts";
import { ProviderError } from "../../../src/errors.ts";

const prompt = "a coffee shop called Blue Door";

async function collect(provider: Provider, signal = new AbortController().signal): Promise<ReplyEvent[]> {
  return await Array.fromAsync(provider.generate({ prompt, signal }));
}

const textOf = (events: readonly ReplyEvent[]): string =>
  events.map((event) => (event.type === "text" ? event.text : "")).join("");

test("streams the page in many pieces that join to the same page", async () => {
  const events = await collect(createMockProvider());
  expect(textOf(events)).toBe(writePage(prompt));
  expect(events.length).toBeGreaterThan(100);
});

test("ends with exactly one finish, last, with the tokens used", async () => {
  const events = await collect(createMockProvider());
  const finishes = events.filter((event) => event.type === "finish");
  expect(finishes).toHaveLength(1);
  expect(events.at(-1)).toEqual({
    type: "finish",
    finish: "stop",
    usage: { inputTokens: Math.ceil(prompt.length / 4), outputTokens: Math.ceil(writePage(prompt).length / 4) },
    model: "mock-1",
  });
});

test("names the model that was asked for", async () => {
  const events = createMockProvider().generate({ prompt, model: "mock-2", signal: new AbortController().signal });
  expect((await Array.fromAsync(events)).at(-1)).toMatchObject({ model: "mock-2" });
});

test("asks nothing once aborted", async () => {
  const reason = new Error("stopped");
  await expect(collect(createMockProvider(), AbortSignal.abort(reason))).rejects.toBe(reason);
});

test("stops in the middle with the reason of the signal", async () => {
  const [controller, reason] = [new AbortController(), new Error("stopped")];
  const events = createMockProvider().generate({ prompt, signal: controller.signal })[Symbol.asyncIterator]();
  await events.next();
  controller.abort(reason);
  await expect(events.next()).rejects.toBe(reason);
});

test("stops while it waits for its pace", async () => {
  const [controller, reason] = [new AbortController(), new Error("stopped")];
  const slow = createMockProvider({ tokensPerSecond: 0.001 });
  const next = slow.generate({ prompt, signal: controller.signal })[Symbol.asyncIterator]().next();
  controller.abort(reason);
  await expect(next).rejects.toBe(reason);
});

test("stops while it stalls", async () => {
  const [controller, reason] = [new AbortController(), new Error("stopped")];
  const provider = createMockProvider({ script: () => ({ text: "<h1>", end: "stall" }) });
  const events = provider.generate({ prompt, signal: controller.signal })[Symbol.asyncIterator]();
  expect((await events.next()).value).toEqual({ type: "text", text: "<h1>" });
  const stalled = events.next();
  controller.abort(reason);
  await expect(stalled).rejects.toBe(reason);
});

test("follows a script, call by call", async () => {
  const failure = new ProviderError("the mock is down", { reason: "unavailable" });
  const provider = createMockProvider({
    script: (_, call) =>
      [
        { cutAfter: 500, end: "length" as const },
        { text: "I cannot help with that.", end: "refused" as const },
        { cutAfter: 0, end: failure },
      ][call - 1],
  });
  const cut = await collect(provider);
  expect(textOf(cut)).toBe(writePage(prompt).slice(0, 500));
  expect(cut.at(-1)).toMatchObject({ finish: "length" });
  expect(await collect(provider)).toMatchObject([
    { text: "I cannot help with " },
    { text: "that." },
    { finish: "refused" },
  ]);
  await expect(collect(provider)).rejects.toBe(failure);
  expect((await collect(provider)).at(-1)).toMatchObject({ finish: "stop" });
});
