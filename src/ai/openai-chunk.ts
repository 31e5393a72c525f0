import type { FinishReason, TokenUsage } from "./provider.ts";
import { count, record, string } from "./untrusted-json.ts";

/** What one streamed chat-completion chunk says, in our terms. */
export interface OpenAiChunk {
  text: string;
  reasoning: string;
  refused: boolean;
  /** The server's own word; `undefined` while the reply goes on. */
  finish: string | undefined;
  usage: TokenUsage | undefined;
  model: string | undefined;
}

/**
 * Reads a chunk of any compatible server: nothing about it is taken for granted. Besides `delta.content` as a string
 * there are servers that send a list of typed parts, thinking as `reasoning_content` or `reasoning`, no choices at all
 * in the usage chunk, and usage in every chunk.
 */
export function readOpenAiChunk(chunk: unknown): OpenAiChunk {
  const { choices, usage, model } = record(chunk);
  const choice = record(Array.isArray(choices) ? choices[0] : undefined);
  const delta = record(choice["delta"]);
  const content = readContent(delta["content"]);
  const finish = choice["finish_reason"];
  return {
    text: content.text,
    reasoning: string(delta["reasoning_content"]) || string(delta["reasoning"]) || content.reasoning,
    refused: string(delta["refusal"]) !== "",
    finish: typeof finish === "string" && finish !== "" ? finish.toLowerCase() : undefined,
    usage: readUsage(usage),
    model: string(model) || undefined,
  };
}

/** The words that compatible servers use; whatever is not here is `unknown`, which is not a success. */
export function openAiFinish(word: string | undefined): FinishReason {
  switch (word) {
    case "stop":
    case "eos":
    case "eos_token":
    case "end_turn":
    case "stop_sequence":
      return "stop";
    case "length":
    case "max_tokens":
    case "max_output_tokens":
    case "model_length":
      return "length";
    case "content_filter":
    case "safety":
      return "blocked";
    case "refusal":
      return "refused";
    default:
      return "unknown";
  }
}

function readContent(content: unknown): { text: string; reasoning: string } {
  if (!Array.isArray(content)) return { text: string(content), reasoning: "" };
  let text = "";
  let reasoning = "";
  for (const part of content.map(record)) {
    if (part["type"] === "text") text += string(part["text"]);
    if (part["type"] === "thinking")
      reasoning += typeof part["thinking"] === "string" ? part["thinking"] : readContent(part["thinking"]).text;
  }
  return { text, reasoning };
}

function readUsage(usage: unknown): TokenUsage | undefined {
  const { prompt_tokens: input, completion_tokens: output } = record(usage);
  if (input === undefined && output === undefined) return undefined;
  return { inputTokens: count(input), outputTokens: count(output) };
}
