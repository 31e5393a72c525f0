import {
  type Content,
  type GenerationConfig,
  GoogleGenerativeAI,
  GoogleGenerativeAIFetchError,
} from "@google/generative-ai";
import { OutputError, ProviderError } from "../errors.ts";
import { type Conversation, conversationOf } from "./conversation.ts";
import { geminiFinish, readGeminiChunk } from "./gemini-chunk.ts";
import type { GenerationRequest, Provider, ReplyEvent, TokenUsage } from "./provider.ts";
import { networkCode, providerFailure } from "./provider-failure.ts";
import { retryInfoMs } from "./retry-after.ts";

export interface GeminiOptions {
  apiKey: string;
  /** Root of the API, without its version. */
  baseUrl?: string | undefined;
  model?: string | undefined;
  /** Output budget of one reply in tokens, thinking included. */
  maxOutputTokens?: number | undefined;
}

const defaultModel = "gemini-2.0-flash";

/**
 * Gemini's `streamGenerateContent`.
 *
 * The SDK hides response headers, so of a rate limit's wait only the `RetryInfo` in the body is seen; and it keeps a
 * second copy of the stream for a promise nobody needs here, which rejects when the call is aborted.
 */
export function createGeminiProvider(options: GeminiOptions): Provider {
  const { model = defaultModel } = options;
  const sdk = new GoogleGenerativeAI(options.apiKey);
  const baseUrl = options.baseUrl?.replace(/\/+$/, "").replace(/\/v1(?:beta)?$/, "");

  async function* generate(request: GenerationRequest): AsyncGenerator<ReplyEvent> {
    const { signal } = request;
    signal.throwIfAborted();
    // The SDK never lets go of its signal: it gets one that ends with the call.
    const call = new AbortController();
    const abort = () => call.abort(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    let answeredBy = request.model ?? model;
    let finish: string | undefined;
    let blocked = false;
    let usage: TokenUsage = { inputTokens: 0, outputTokens: 0 };
    try {
      const { system, turns } = conversationOf(request, "gemini");
      const asked = sdk.getGenerativeModel(
        {
          model: answeredBy,
          systemInstruction: system,
          generationConfig: generationConfig(answeredBy, request.thinking, options.maxOutputTokens),
        },
        baseUrl === undefined ? {} : { baseUrl },
      );
      const { stream, response } = await asked.generateContentStream(
        { contents: contents(turns) },
        { signal: call.signal },
      );
      response.catch(() => {});
      for await (const raw of stream) {
        const chunk = readGeminiChunk(raw);
        if (chunk.error !== undefined) throw providerFailure({ provider: "gemini", ...chunk.error });
        answeredBy = chunk.model ?? answeredBy;
        finish = chunk.finish ?? finish;
        usage = chunk.usage ?? usage;
        blocked ||= chunk.blocked;
        for (const event of chunk.parts) yield event;
      }
    } catch (error) {
      signal.throwIfAborted();
      throw failureOf(error);
    } finally {
      signal.removeEventListener("abort", abort);
      call.abort();
    }
    signal.throwIfAborted();
    yield { type: "finish", finish: blocked ? "blocked" : geminiFinish(finish), usage, model: answeredBy };
  }

  return { name: "gemini", model, generate };
}

function contents(turns: Conversation["turns"]): Content[] {
  return turns.map(({ from, text }) => ({ role: from === "model" ? "model" : "user", parts: [{ text }] }));
}

/**
 * Models from 2.5 on think, write up to 65,536 tokens and take a budget for thinking; older ones stop at 8,192 and
 * refuse both a larger number and the field. A model whose name tells no version is treated as old, except the `…-latest` ones.
 */
function generationConfig(
  model: string,
  thinking: GenerationRequest["thinking"],
  maxOutputTokens: number | undefined,
): GenerationConfig {
  const version = Number(/gemini-(\d+(?:\.\d+)?)/.exec(model)?.[1] ?? 0);
  if (version < 2.5 && !/gemini-[\w-]+-latest$/.test(model)) return { maxOutputTokens: maxOutputTokens ?? 8192 };
  const thinkingConfig = { thinkingBudget: thinking === "less" ? 512 : 4096, includeThoughts: true };
  // Unknown to the SDK's types, sent as it is.
  return { maxOutputTokens: maxOutputTokens ?? 32_768, thinkingConfig } as GenerationConfig;
}

function failureOf(error: unknown): ProviderError | OutputError {
  if (error instanceof ProviderError || error instanceof OutputError) return error;
  if (!(error instanceof GoogleGenerativeAIFetchError))
    return providerFailure({ provider: "gemini", code: networkCode(error) });
  const reason = error.errorDetails?.find((detail) => detail.reason !== undefined)?.reason;
  return providerFailure({
    provider: "gemini",
    // A wrong key is answered with 400 and this reason.
    status: reason === "API_KEY_INVALID" ? 401 : error.status,
    code: reason,
    retryAfterMs: retryInfoMs(error.errorDetails),
  });
}
