import { describe, expect, spyOn, test } from "bun:test";
import { createGeminiProvider } from "../../src/ai/gemini.ts";
import { withLimits } from "../../src/ai/limits.ts";
import { createOpenAiProvider } from "../../src/ai/openai.ts";
import type { GenerationRequest, Provider, ReplyEvent } from "../../src/ai/provider.ts";
import { collect, request } from "../contract/provider-contract.ts";
import { type AiScript, startAiServer } from "../helpers/ai-server.ts";

const usage = { inputTokens: 1, outputTokens: 1 };
const stop: ReplyEvent = { type: "finish", finish: "stop", usage, model: "m" };

/** A provider that sends the events and then never settles, whatever its signal says. */
function stuckAfter(...events: ReplyEvent[]): Provider & { aborted: Promise<unknown> } {
  const { promise: aborted, resolve } = Promise.withResolvers<unknown>();
  return {
    name: "openai",
    model: "m",
    aborted,
    async *generate({ signal }: GenerationRequest) {
      signal.addEventListener("abort", () => resolve(signal.reason));
      yield* events;
      await new Promise(() => {});
    },
  };
}

function sending(...events: ReplyEvent[]): Provider {
  return {
    name: "openai",
    model: "m",
    async *generate() {
      yield* events;
    },
  };
}

const text = (length: number): ReplyEvent => ({ type: "text", text: "x".repeat(length) });

test("passes a reply on as it is", async () => {
  const events: ReplyEvent[] = [{ type: "reasoning", text: "hm" }, text(3), stop];
  expect(await collect(withLimits(sending(...events), { timeoutMs: 60_000 }).generate(request()))).toEqual(events);
});

test("ends a reply that takes longer than the deadline", async () => {
  const stuck = stuckAfter();
  const reply = collect(withLimits(stuck, { timeoutMs: 20 }).generate(request()));
  await expect(reply).rejects.toMatchObject({ name: "ProviderError", reason: "unavailable" });
  expect(await stuck.aborted).toMatchObject({ reason: "unavailable" });
});

test("ends a reply that stops in the middle", async () => {
  const stuck = stuckAfter(text(5));
  const reply = collect(withLimits(stuck, { timeoutMs: 60_000, idleMs: 20 }).generate(request()));
  await expect(reply).rejects.toMatchObject({
    reason: "unavailable",
    message: expect.stringContaining("sent nothing"),
  });
  await stuck.aborted;
});

test("lets the first event take until the deadline: thinking is often silent", async () => {
  const stuck = stuckAfter();
  const reply = collect(withLimits(stuck, { timeoutMs: 60, idleMs: 1 }).generate(request()));
  await expect(reply).rejects.toMatchObject({ message: expect.stringContaining("did not finish") });
});

test("does not count the reader's own time as silence", async () => {
  const provider = withLimits(sending(text(1), text(1), stop), { timeoutMs: 60_000, idleMs: 5 });
  let seen = 0;
  for await (const _ of provider.generate(request())) {
    seen++;
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  expect(seen).toBe(3);
});

test("ends a reply that grows too large, thinking included, in bytes", async () => {
  const limited = (...events: ReplyEvent[]) =>
    collect(withLimits(sending(...events, stop), { timeoutMs: 60_000, maxBytes: 100 }).generate(request()));
  await limited(text(60), text(40));
  await expect(limited(text(60), text(41))).rejects.toMatchObject({ name: "OutputError", reason: "too_large" });
  await expect(limited({ type: "reasoning", text: "x".repeat(101) })).rejects.toMatchObject({ reason: "too_large" });
  await expect(limited({ type: "text", text: "é".repeat(51) })).rejects.toMatchObject({ reason: "too_large" });
});

test("rejects with the caller's reason at once, even when the provider hangs", async () => {
  const controller = new AbortController();
  const stuck = stuckAfter(text(1));
  const reason = new Error("cancelled");
  const read = async () => {
    for await (const _ of withLimits(stuck, { timeoutMs: 60_000 }).generate(request(controller.signal)))
      queueMicrotask(() => controller.abort(reason));
  };
  await expect(read()).rejects.toBe(reason);
  expect(await stuck.aborted).toBe(reason);
});

test("ends the call when the reader leaves", async () => {
  const stuck = stuckAfter(text(1));
  for await (const _ of withLimits(stuck, { timeoutMs: 60_000 }).generate(request())) break;
  await stuck.aborted;
});

test("lets go of the caller's signal", async () => {
  const { signal } = new AbortController();
  const added = spyOn(signal, "addEventListener");
  const removed = spyOn(signal, "removeEventListener");
  await collect(withLimits(sending(text(1), stop), { timeoutMs: 60_000 }).generate(request(signal)));
  expect(added).toHaveBeenCalledTimes(1);
  expect(removed.mock.calls[0]?.[1]).toBe(added.mock.calls[0]?.[1] as never);
});

test("leaves no timer behind", async () => {
  const set = spyOn(globalThis, "setTimeout");
  const cleared = spyOn(globalThis, "clearTimeout");
  try {
    await collect(withLimits(sending(text(1), text(1), stop), { timeoutMs: 60_000 }).generate(request()));
    const handles = set.mock.results.map(({ value }) => value);
    expect(handles.length).toBeGreaterThan(1);
    for (const handle of handles) expect(cleared.mock.calls.some(([timer]) => timer === handle)).toBe(true);
  } finally {
    set.mockRestore();
    cleared.mockRestore();
  }
});

describe("the connection is closed", () => {
  const endings: [string, AiScript, { timeoutMs: number; idleMs?: number; maxBytes?: number }][] = [
    ["at the deadline", { stallAfter: 0 }, { timeoutMs: 500 }],
    ["after silence", { stallAfter: 4 }, { timeoutMs: 60_000, idleMs: 50 }],
    [
      "when the reply is too large",
      { reply: "x".repeat(5000), stallAfter: 100 },
      { timeoutMs: 60_000, maxBytes: 1000 },
    ],
  ];
  for (const [when, script, limits] of endings) {
    for (const name of ["openai", "gemini"] as const) {
      test(`${when} (${name})`, async () => {
        using server = await startAiServer(script);
        const provider =
          name === "openai"
            ? createOpenAiProvider({ baseUrl: server.openAiUrl })
            : createGeminiProvider({ apiKey: "k", baseUrl: server.url });
        await expect(collect(withLimits(provider, limits).generate(request()))).rejects.toThrow();
        expect(await server.requests[0]?.ended).toBe("left");
      });
    }
  }
});
