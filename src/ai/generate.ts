import type { FinishReason, GenerationRequest, Provider, ProviderName, TokenUsage } from "./provider.ts";
import { createReplyReader, type ReplyRepair } from "./reply/reply-reader.ts";

export interface GeneratePageOptions {
  /** The document's HTML as the model wrote it, in pieces, as early as it is certain. Hostile: sanitize it. */
  onHtml: (chunk: string) => void;
  /** What was handed on so far was a draft; the page starts anew. */
  onRestart?: (() => void) | undefined;
}

export interface GeneratedPage {
  title: string | undefined;
  finish: FinishReason;
  /** Of all calls together. */
  usage: TokenUsage;
  /** The model that answered, as the provider names it. */
  model: string;
  provider: ProviderName;
  repairs: ReplyRepair[];
}

/**
 * One page from one request.
 *
 * @throws {ProviderError} When the provider could not be asked.
 * @throws {OutputError} When it answered, but not with a complete page.
 */
export async function generatePage(
  provider: Provider,
  request: GenerationRequest,
  { onHtml }: GeneratePageOptions,
): Promise<GeneratedPage> {
  const reader = createReplyReader(onHtml);
  let end: { finish: FinishReason; usage: TokenUsage; model: string } | undefined;
  for await (const event of provider.generate(request)) {
    if (event.type === "text") reader.write(event.text);
    if (event.type === "finish") end = event;
  }
  const { finish, usage, model } = end ?? {
    finish: "unknown" as const,
    usage: { inputTokens: 0, outputTokens: 0 },
    model: request.model ?? provider.model,
  };
  return { ...reader.end(finish), finish, usage, model, provider: provider.name };
}
