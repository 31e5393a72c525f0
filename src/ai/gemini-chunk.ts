import type { FinishReason, ReplyEvent, TokenUsage } from "./provider.ts";
import { count, record, string } from "./untrusted-json.ts";

/** What one chunk of a streamed `GenerateContentResponse` says, in our terms. */
export interface GeminiChunk {
  /** Thoughts and text, in order. */
  parts: ReplyEvent[];
  /** Gemini's own word; `undefined` while the reply goes on. */
  finish: string | undefined;
  /** The prompt was refused before a word was written. */
  blocked: boolean;
  usage: TokenUsage | undefined;
  model: string | undefined;
  /** An error that a proxy wrote into the stream. */
  error: { status: number | undefined; code: string | undefined } | undefined;
}

export function readGeminiChunk(chunk: unknown): GeminiChunk {
  const { candidates, promptFeedback, usageMetadata, modelVersion, error } = record(chunk);
  const candidate = record(Array.isArray(candidates) ? candidates[0] : undefined);
  return {
    parts: readParts(record(candidate["content"])["parts"]),
    finish: string(candidate["finishReason"]) || undefined,
    blocked: string(record(promptFeedback)["blockReason"]) !== "",
    usage: readUsage(usageMetadata),
    model: string(modelVersion) || undefined,
    error: error === undefined ? undefined : readError(error),
  };
}

/**
 * @see https://ai.google.dev/api/generate-content#FinishReason
 */
export function geminiFinish(word: string | undefined): FinishReason {
  switch (word) {
    case "STOP":
      return "stop";
    case "MAX_TOKENS":
      return "length";
    case "SAFETY":
    case "RECITATION":
    case "LANGUAGE":
    case "BLOCKLIST":
    case "PROHIBITED_CONTENT":
    case "SPII":
    case "IMAGE_SAFETY":
      return "blocked";
    default:
      return "unknown";
  }
}

function readParts(parts: unknown): ReplyEvent[] {
  if (!Array.isArray(parts)) return [];
  return parts.map(record).flatMap((part) => {
    const text = string(part["text"]);
    return text === "" ? [] : [{ type: part["thought"] === true ? "reasoning" : "text", text } as const];
  });
}

function readUsage(usage: unknown): TokenUsage | undefined {
  if (usage === undefined) return undefined;
  const { promptTokenCount, candidatesTokenCount, thoughtsTokenCount } = record(usage);
  return {
    inputTokens: count(promptTokenCount),
    outputTokens: count(candidatesTokenCount) + count(thoughtsTokenCount),
  };
}

function readError(error: unknown): GeminiChunk["error"] {
  const { code, status } = record(error);
  return { status: count(code) || undefined, code: string(status) || undefined };
}
