import OpenAI, { APIError } from "openai";
import type {
  ChatCompletionCreateParamsStreaming,
  ChatCompletionMessageParam,
} from "openai/resources/chat/completions";
import type { ReasoningEffort } from "openai/resources/shared";
import type { OutputError, ProviderError } from "../errors.ts";
import { conversationOf } from "./conversation.ts";
import { openAiFinish, readOpenAiChunk } from "./openai-chunk.ts";
import type { GenerationRequest, Provider, ReplyEvent, TokenUsage } from "./provider.ts";
import { networkCode, providerFailure } from "./provider-failure.ts";
import { retryAfterMs } from "./retry-after.ts";

export interface OpenAiOptions {
  /** Not needed with a `baseUrl`: local servers ask for none. */
  apiKey?: string | undefined;
  /** Any server that speaks chat completions, up to and without `/chat/completions`. */
  baseUrl?: string | undefined;
  model?: string | undefined;
  /** Output budget of one reply in tokens, thinking included. A long page takes about 12,000. */
  maxOutputTokens?: number | undefined;
}

const vendorUrl = "https://api.openai.com/v1";
/** OpenAI's small current model: a page costs under a cent, and 128,000 tokens of output leave room to think. */
const defaultModel = "gpt-6-luna";
/** Models that think take the budget under another name, and refuse the old one. */
const thinkingModel = /(?:^|\/)(?:o[1-9]|gpt-(?:[5-9]|\d\d))/;

/**
 * Chat completions, streamed, of OpenAI and every server compatible with it.
 *
 * The SDK is kept from reading `OPENAI_*` variables, logging and retrying: one call here is one call there.
 */
export function createOpenAiProvider(options: OpenAiOptions): Provider {
  const { apiKey, model = defaultModel } = options;
  const baseURL = (options.baseUrl ?? vendorUrl).replace(/\/+$/, "");
  const client = new OpenAI({
    apiKey: apiKey ?? "none",
    ...(apiKey === undefined && { defaultHeaders: { Authorization: null } }),
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL,
    maxRetries: 0,
    logLevel: "off",
    // Bun's own 300 s limit would cut a long AI_TIMEOUT short; the limits around every provider are what counts.
    timeout: 0x7fff_ffff,
    fetch: (url, init) => fetch(url, { ...init, timeout: false } as RequestInit),
  });

  async function* generate(request: GenerationRequest): AsyncGenerator<ReplyEvent> {
    const { signal } = request;
    signal.throwIfAborted();
    let answeredBy = request.model ?? model;
    let finish: string | undefined;
    let refused = false;
    let usage: TokenUsage = { inputTokens: 0, outputTokens: 0 };
    let chunks = 0;
    try {
      const body = requestBody(request, answeredBy, baseURL, options.maxOutputTokens);
      for await (const raw of await client.chat.completions.create(body, { signal })) {
        const chunk = readOpenAiChunk(raw);
        chunks++;
        answeredBy = chunk.model ?? answeredBy;
        finish = chunk.finish ?? finish;
        usage = chunk.usage ?? usage;
        refused ||= chunk.refused;
        if (chunk.reasoning !== "") yield { type: "reasoning", text: chunk.reasoning };
        if (chunk.text !== "") yield { type: "text", text: chunk.text };
      }
    } catch (error) {
      signal.throwIfAborted();
      throw failureOf(error);
    }
    // The SDK ends its loop without a word when the signal aborts: a cut-off reply would look like a finished one.
    signal.throwIfAborted();
    if (chunks === 0) throw providerFailure({ provider: "openai", code: "no_event_stream" });
    if (finish === "error") throw providerFailure({ provider: "openai", code: "finish_error" });
    yield { type: "finish", finish: refused ? "refused" : openAiFinish(finish), usage, model: answeredBy };
  }

  return { name: "openai", model, generate };
}

function requestBody(
  request: GenerationRequest,
  model: string,
  baseURL: string,
  maxOutputTokens: number | undefined,
): ChatCompletionCreateParamsStreaming {
  const { system, turns } = conversationOf(request, "openai");
  const messages: ChatCompletionMessageParam[] = [
    { role: "system", content: system },
    ...turns.map(({ from, text }) =>
      from === "model" ? ({ role: "assistant", content: text } as const) : ({ role: "user", content: text } as const),
    ),
  ];
  const common = { model, messages, stream: true, stream_options: { include_usage: true } } as const;
  if (baseURL !== vendorUrl && !thinkingModel.test(model)) return { ...common, max_tokens: maxOutputTokens ?? 16_384 };
  return {
    ...common,
    max_completion_tokens: maxOutputTokens ?? 32_768,
    ...thinkingBudget(model, request.thinking),
  };
}

/** Low effort is enough for a page. What is lower still has another name in every generation. */
function thinkingBudget(
  model: string,
  thinking: GenerationRequest["thinking"],
): { reasoning_effort?: ReasoningEffort } {
  if (!thinkingModel.test(model) || /chat|pro|o1-(?:mini|preview)/.test(model)) return {};
  if (thinking !== "less" || /(?:^|\/)o\d/.test(model)) return { reasoning_effort: "low" };
  return { reasoning_effort: /gpt-5(?!\.)/.test(model) ? "minimal" : "none" };
}

function failureOf(error: unknown): ProviderError | OutputError {
  if (!(error instanceof APIError)) return providerFailure({ provider: "openai", code: networkCode(error) });
  // An error inside a 200 stream has no status, but some servers put one into its code.
  const code: unknown = error.code ?? error.type;
  const number = typeof code === "number" ? code : Number.parseInt(String(code), 10);
  const status = error.status ?? (number >= 400 && number <= 599 ? number : undefined);
  return providerFailure({
    provider: "openai",
    status,
    code: typeof code === "string" ? code : networkCode(error.cause),
    retryAfterMs: error.headers && retryAfterMs(error.headers),
  });
}
