import { setTimeout as delay, setImmediate } from "node:timers/promises";
import type { ProviderError } from "../../errors.ts";
import type { FinishReason, GenerationRequest, Provider } from "../provider.ts";
import { writeEdit } from "./edit/write-edit.ts";
import { writePage } from "./write-page.ts";
import { writeSite } from "./write-site.ts";

/** What one call answers instead of a whole page that ends well. */
export interface MockReply {
  /** Sent in place of the page. */
  text?: string;
  /** Characters sent before the end. */
  cutAfter?: number;
  /** How it ends: `stall` never does, an error is thrown. `stop` when absent. */
  end?: FinishReason | "stall" | ProviderError;
}

export interface MockOptions {
  /** Pace of the reply, four characters a token. As fast as the reader when absent. */
  tokensPerSecond?: number;
  /** Faults for tests. `call` counts from 1; `undefined` means the usual page. */
  script?: (request: GenerationRequest, call: number) => MockReply | undefined;
}

const model = "mock-1";
const charsPerToken = 4;
const tokens = (text: string): number => Math.max(1, Math.ceil(text.length / charsPerToken));

function answer(request: GenerationRequest): string {
  if (request.edit) return writeEdit(request);
  return (request.several ? writeSite : writePage)(request.prompt, request.pictures);
}

function inputOf({ edit }: GenerationRequest): number {
  return edit ? [...edit.pages.values()].reduce((sum, page) => sum + tokens(page), 0) : 0;
}

/** A few words each, as models send them; together they are the text. */
function chunksOf(text: string): string[] {
  return text.match(/(?:\S*\s*){1,4}/gu)?.filter((chunk) => chunk !== "") ?? [];
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await (ms > 0 ? delay(ms, undefined, { signal }) : setImmediate(undefined, { signal }));
  } catch {
    signal.throwIfAborted();
  }
}

const stall = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));

/**
 * A provider with no model behind it: writes a different, complete page for every prompt, the same
 * one each time, and streams it. The default without a key, the demo, and the double in tests.
 */
export function createMockProvider({ tokensPerSecond, script }: MockOptions = {}): Provider {
  let calls = 0;
  return {
    name: "mock",
    model,
    async *generate(request) {
      const { prompt, signal } = request;
      signal.throwIfAborted();
      calls++;
      const { text, cutAfter, end = "stop" } = script?.(request, calls) ?? {};
      const whole = text ?? answer(request);
      const reply = whole.slice(0, cutAfter);
      const started = performance.now();
      let sent = 0;
      for (const [i, chunk] of chunksOf(reply).entries()) {
        sent += chunk.length;
        if (tokensPerSecond !== undefined) {
          const due = started + (sent / charsPerToken / tokensPerSecond) * 1000;
          await pause(due - performance.now(), signal);
        } else if (i % 32 === 0) {
          await pause(0, signal);
        }
        signal.throwIfAborted();
        yield { type: "text", text: chunk };
      }
      if (end === "stall") await stall(signal);
      else if (typeof end === "object") throw end;
      else
        yield {
          type: "finish",
          finish: end,
          usage: { inputTokens: tokens(prompt) + inputOf(request), outputTokens: tokens(reply) },
          model: request.model ?? model,
        };
    },
  };
}
