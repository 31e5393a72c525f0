import { OutputError } from "../errors.ts";
import { promptVersion } from "./prompt.ts";
import type { FinishReason, GenerationRequest, Provider, ProviderName, TokenUsage } from "./provider.ts";
import { createContinuationJoint } from "./reply/continuation.ts";
import { createPagesReader } from "./reply/pages-reader.ts";
import { createReplyReader, type ReplyRepair } from "./reply/reply-reader.ts";

export interface GeneratePageOptions {
  /** The document as the model wrote it, in pieces, as early as it is certain. Hostile: it goes through the sanitizer. */
  onHtml: (chunk: string) => void;
  /** What was handed on so far was a draft; the page starts anew. Without it, a reply with a draft fails. */
  onRestart?: (() => void) | undefined;
  /** Everything the model wrote, word for word; at the end, whatever the end is. */
  onReply?: ((reply: string) => void) | undefined;
  /** Tokens of all calls so far, after each: they are spent even when no page comes of them. */
  onUsage?: ((usage: TokenUsage) => void) | undefined;
}

type Repair = ReplyRepair | "pages_dropped" | "continued" | "asked_to_think_less";

export interface GeneratedPage {
  title: string | undefined;
  /** The pages after the first, by file name, when several were asked for. As hostile as the first. */
  morePages: ReadonlyMap<string, string>;
  finish: FinishReason;
  /** Of all calls together. */
  usage: TokenUsage;
  /** The model that answered, as the provider names it. */
  model: string;
  provider: ProviderName;
  /** What it took to get the page out of the reply. */
  repairs: Repair[];
  /** Version of the instructions the model was given. */
  promptVersion: number;
  /** Everything the model wrote, joined. */
  reply: string;
}

const mostContinuations = 2;

/**
 * One whole page from one request.
 *
 * A reply cut off at the output limit is continued, twice at most; one that was spent on thinking before a page began is
 * asked for once more with less of it. Nothing else is asked again here: that is for the job to decide.
 *
 * @throws {ProviderError} When the provider could not be asked.
 * @throws {OutputError} When it answered, and not with one complete page.
 */
export async function generatePage(
  provider: Provider,
  request: GenerationRequest,
  { onHtml, onRestart, onReply, onUsage }: GeneratePageOptions,
): Promise<GeneratedPage> {
  const repairs: Repair[] = [];
  const usage = { inputTokens: 0, outputTokens: 0 };
  const openReader = () => (request.several ? createPagesReader : createReplyReader)(onHtml, { onRestart });
  let reader = openReader();
  let reply = "";

  const write = (text: string) => {
    reply += text;
    reader.write(text);
  };
  const ask = async (call: GenerationRequest, onText: (text: string) => void) => {
    for await (const event of provider.generate(call)) {
      if (event.type === "text") onText(event.text);
      if (event.type !== "finish") continue;
      usage.inputTokens += event.usage.inputTokens;
      usage.outputTokens += event.usage.outputTokens;
      onUsage?.({ ...usage });
      return event;
    }
    return { finish: "unknown" as const, model: call.model ?? provider.model };
  };

  try {
    let end = await ask(request, write);
    if (end.finish === "length" && !reader.begun) {
      repairs.push("asked_to_think_less");
      reader = openReader();
      reply = "";
      end = await ask({ ...request, thinking: "less" }, write);
    }
    for (let turn = 0; end.finish === "length" && reader.begun && turn < mostContinuations; turn++) {
      const joint = createContinuationJoint(reply, write);
      end = await ask({ ...request, continuation: { partial: reply } }, joint.write);
      joint.end();
      if (joint.restarted)
        throw new OutputError("The reply was cut off and the model could not go on. Ask for a smaller page.", {
          reason: "truncated",
        });
      if (turn === 0) repairs.push("continued");
    }

    const page = reader.end(end.finish);
    const { finish, model } = end;
    return {
      title: page.title,
      morePages: "morePages" in page ? page.morePages : new Map(),
      finish,
      usage,
      model,
      provider: provider.name,
      repairs: [...repairs, ...page.repairs],
      promptVersion,
      reply,
    };
  } finally {
    onReply?.(reply);
  }
}
