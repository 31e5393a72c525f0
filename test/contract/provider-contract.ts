import { expect, test } from "bun:test";
import type { GenerationRequest, Provider, ReplyEvent } from "../../src/ai/provider.ts";

export interface ProviderContract {
  /** A provider that answers with a whole page. */
  answering: () => Provider;
  /** A provider that has sent some text and then sends nothing more, for ever. */
  stalling: () => Provider;
}

/** What every provider does, whatever it asks. Called inside a `describe`. */
export function testProviderContract({ answering, stalling }: ProviderContract): void {
  test("streams a page in several pieces and ends with one finish", async () => {
    const events = await collect(answering().generate(request()));
    const texts = events.filter((event) => event.type === "text");
    expect(texts.length).toBeGreaterThan(3);
    const text = texts.map((event) => event.text).join("");
    expect(text).toMatch(/<!doctype html>/i);
    expect(text).toMatch(/<\/html>\s*$/);
    expect(events.filter((event) => event.type === "finish")).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: "finish", finish: "stop" });
  });

  test("never sends an empty text", async () => {
    for (const event of await collect(answering().generate(request())))
      if (event.type !== "finish") expect(event.text).not.toBe("");
  });

  test("counts tokens and names the model that answered", async () => {
    const end = (await collect(answering().generate(request()))).at(-1);
    if (end?.type !== "finish") throw new Error("no finish");
    expect(end.usage.inputTokens).toBeGreaterThan(0);
    expect(end.usage.outputTokens).toBeGreaterThan(0);
    expect(end.model).not.toBe("");
  });

  test("answers several requests at once", async () => {
    const provider = answering();
    const replies = await Promise.all([1, 2, 3].map(() => collect(provider.generate(request()))));
    for (const events of replies) expect(events.at(-1)).toMatchObject({ type: "finish", finish: "stop" });
  });

  test("does not begin when its signal is already aborted", async () => {
    const reason = new Error("too late");
    await expect(collect(answering().generate(request(AbortSignal.abort(reason))))).rejects.toBe(reason);
  });

  test("ends with the signal's reason when aborted in the middle of a reply", async () => {
    const controller = new AbortController();
    const reason = new Error("cancelled");
    const read = async () => {
      for await (const event of stalling().generate(request(controller.signal)))
        if (event.type === "text") controller.abort(reason);
    };
    await expect(read()).rejects.toBe(reason);
  });

  test("can be left in the middle of a reply", async () => {
    for await (const event of stalling().generate(request())) if (event.type === "text") break;
  });
}

export function request(signal: AbortSignal = new AbortController().signal): GenerationRequest {
  return { prompt: "A landing page for a coffee shop", signal };
}

export async function collect(events: AsyncIterable<ReplyEvent>): Promise<ReplyEvent[]> {
  const all: ReplyEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}
