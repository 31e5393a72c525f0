/**
 * Asks a model for a page and streams the reply.
 *
 * Implementations: `openai.ts`, `gemini.ts`, `mock/`. All pass `test/contract/provider-contract.ts`.
 */
export interface Provider {
  readonly name: ProviderName;
  /** Model asked when the request names none. */
  readonly model: string;

  /**
   * One call to the model. Yields text and reasoning as they arrive, then exactly one `finish`, last.
   * No event carries an empty text.
   *
   * Aborting `request.signal` ends it promptly with the signal's reason.
   *
   * @throws {ProviderError} When the provider could not be asked or broke off.
   * @throws {OutputError} `blocked`, when the provider refused the prompt as such.
   */
  generate(request: GenerationRequest): AsyncIterable<ReplyEvent>;
}

export type ProviderName = "gemini" | "openai" | "mock";

export interface GenerationRequest {
  /** What the person asked for, in their words. */
  prompt: string;
  /** The person's own pictures, in pixels. They lie ready; the page says where each goes. */
  pictures?: readonly PictureSize[] | undefined;
  /** Model to ask instead of the provider's own. */
  model?: string | undefined;
  /** Asks for a site of several pages: the reply has them one after the other, each behind a line that names it. */
  several?: boolean | undefined;
  /** Asks for changes to pages that exist instead of a new one. */
  edit?: EditRequest | undefined;
  /** Asks for the rest of a reply that was cut off, instead of a new one. */
  continuation?: Continuation | undefined;
  /** How much the model may think first, where it can be told. `less` follows a reply that was spent on thinking. */
  thinking?: "default" | "less" | undefined;
  signal: AbortSignal;
}

export interface PictureSize {
  width: number;
  height: number;
}

export interface EditRequest {
  /** File name → source, as published. */
  pages: ReadonlyMap<string, string>;
  /** The first reply, whose blocks could not be applied, and why. */
  retry?: { reply: string; problems: readonly string[] } | undefined;
  /** Asks for the whole page instead of blocks. */
  rewrite?: boolean | undefined;
}

interface Continuation {
  /** The text received so far, whole and unaltered. */
  partial: string;
}

export type ReplyEvent =
  | { type: "text"; text: string }
  /** Thinking, as far as the provider tells it apart. Never part of the page. */
  | { type: "reasoning"; text: string }
  | { type: "finish"; finish: FinishReason; usage: TokenUsage; model: string };

/**
 * Why the reply ended, as the provider reported it; never guessed from the text.
 * Only `stop` is a success.
 */
export type FinishReason = "stop" | "length" | "blocked" | "refused" | "unknown";

/** Zero where the provider does not say. Thinking counts as output, as it does on the bill. */
export interface TokenUsage {
  inputTokens: number;
  outputTokens: number;
}
