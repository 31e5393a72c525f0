import { type GeneratedPage, generatePage } from "../ai/generate.ts";
import type { EditRequest, FinishReason, GenerationRequest, Provider, TokenUsage } from "../ai/provider.ts";
import { createContinuationJoint } from "../ai/reply/continuation.ts";
import { failedFinish } from "../ai/reply/failed-finish.ts";
import { createPagesReader } from "../ai/reply/pages-reader.ts";
import { isRefusal } from "../ai/reply/refusal.ts";
import { OutputError } from "../errors.ts";
import { applyBlocks, type Pages } from "./apply-blocks.ts";
import { describeChanges, tidySummary } from "./describe-changes.ts";
import { type EditBlock, type EditReply, parseEditReply } from "./edit-blocks.ts";

export interface GeneratedEdit {
  /** All pages, those that did not change too. Hostile: they go through the sanitizer. */
  pages: Pages;
  /** Written anew as a whole: then nothing is known to be the same. */
  rewritten: boolean;
  summary: string | undefined;
  finish: FinishReason;
  model: string;
  repairs: readonly (GeneratedPage["repairs"][number] | EditRepair)[];
  /** What the model wrote last, word for word. */
  reply: string;
}

/** `asked_again`: its first blocks could not be applied. `rewritten`: nor could the second. */
type EditRepair = "asked_again" | "rewritten" | "continued";

const mostContinuations = 2;
/** Some 150,000 tokens: what is longer, few models can read. */
const mostSource = 600_000;

/** What is told while a model works on a change. */
export interface EditEvents {
  onUsage: (usage: TokenUsage) => void;
  /** The first page as it is written anew: only when blocks were of no use. */
  onHtml: (html: string) => void;
  /** What was written anew so far was a draft. */
  onRestart: () => void;
}

/**
 * Has a model change pages: by search/replace blocks, asked for once more when they cannot be applied, then by writing
 * the page anew. A complete document in place of blocks is taken as that.
 *
 * @throws {ProviderError} When the provider could not be asked.
 * @throws {OutputError} When it answered, and not with a change that can be made.
 */
export async function generateEdit(
  provider: Provider,
  request: GenerationRequest & { edit: EditRequest },
  events: EditEvents,
): Promise<GeneratedEdit> {
  const { pages } = request.edit;
  if ([...pages.values()].reduce((sum, html) => sum + html.length, 0) > mostSource)
    throw new OutputError("The page is too large to be changed by a model.", { reason: "too_large" });
  const total = { inputTokens: 0, outputTokens: 0 };
  const count = (usage: TokenUsage) => {
    total.inputTokens += usage.inputTokens;
    total.outputTokens += usage.outputTokens;
    events.onUsage({ ...total });
  };

  const repairs: EditRepair[] = [];
  let retry: EditRequest["retry"];
  for (const last of [false, true]) {
    const answer = await askToTheEnd(provider, { ...request, edit: { pages, retry } }, count);
    const failure = failedFinish(answer.finish);
    if (failure) throw failure;
    if (answer.continued) repairs.push("continued");
    const { blocks, prose } = parseEditReply(answer.reply);
    if (isDocument(answer.reply, blocks)) return readDocument(pages, answer, prose, repairs);
    const applied = applyBlocks(pages, blocks);
    if (!("problems" in applied)) {
      const summary = tidySummary(prose) ?? describeChanges(pages, applied.changes);
      return {
        pages: applied.pages,
        rewritten: false,
        summary,
        finish: answer.finish,
        model: answer.model,
        repairs,
        reply: answer.reply,
      };
    }
    refuseRefusal(blocks.length, prose);
    retry = { reply: answer.reply, problems: blocks.length > 0 ? applied.problems : ["There is no block in it."] };
    repairs.push(last ? "rewritten" : "asked_again");
  }
  return rewrite(provider, request, repairs, { ...events, spent: total });
}

/** Whether a reply to an edit is a page written anew, and no changes to the one there is. */
export function isDocument(reply: string, blocks: readonly EditBlock[] = parseEditReply(reply).blocks): boolean {
  return blocks.length === 0 && /<!doctype\s+html|<html[\s>]/i.test(reply);
}

interface Answer {
  reply: string;
  finish: FinishReason;
  model: string;
  continued: boolean;
}

async function askToTheEnd(
  provider: Provider,
  request: GenerationRequest,
  count: (usage: TokenUsage) => void,
): Promise<Answer> {
  let reply = "";
  const write = (text: string) => {
    reply += text;
  };
  const ask = async (call: GenerationRequest, onText: (text: string) => void) => {
    for await (const event of provider.generate(call)) {
      if (event.type === "text") onText(event.text);
      if (event.type !== "finish") continue;
      count(event.usage);
      return event;
    }
    return { finish: "unknown" as const, model: call.model ?? provider.model };
  };
  let end = await ask(request, write);
  let turns = 0;
  for (; end.finish === "length" && reply.trim() !== "" && turns < mostContinuations; turns++) {
    const joint = createContinuationJoint(reply, write);
    end = await ask({ ...request, continuation: { partial: reply } }, joint.write);
    joint.end();
  }
  return { reply, finish: end.finish, model: end.model, continued: turns > 0 };
}

/** Read as any new page is: complete, or not at all. */
function readDocument(pages: Pages, answer: Answer, prose: string, repairs: readonly EditRepair[]): GeneratedEdit {
  const html: string[] = [];
  const reader = createPagesReader((chunk) => void html.push(chunk), { onRestart: () => void html.splice(0) });
  reader.write(answer.reply);
  const page = reader.end(answer.finish);
  const before = prose.slice(0, Math.max(0, prose.search(/<!doctype|<html/i)));
  return {
    pages: new Map([...pages, ["index.html", html.join("")], ...page.morePages]),
    rewritten: true,
    summary: tidySummary(before),
    finish: answer.finish,
    model: answer.model,
    repairs: [...repairs, ...page.repairs],
    reply: answer.reply,
  };
}

async function rewrite(
  provider: Provider,
  request: GenerationRequest & { edit: EditRequest },
  repairs: readonly EditRepair[],
  { spent, ...events }: EditEvents & { spent: TokenUsage },
): Promise<GeneratedEdit> {
  const { pages } = request.edit;
  const html: string[] = [];
  const page = await generatePage(
    provider,
    { ...request, edit: { pages, rewrite: true }, several: pages.size > 1 },
    {
      onHtml(chunk) {
        html.push(chunk);
        events.onHtml(chunk);
      },
      onRestart() {
        html.splice(0);
        events.onRestart();
      },
      onUsage: (usage) =>
        events.onUsage({
          inputTokens: spent.inputTokens + usage.inputTokens,
          outputTokens: spent.outputTokens + usage.outputTokens,
        }),
    },
  );
  return {
    pages: new Map([...pages, ["index.html", html.join("")], ...page.morePages]),
    rewritten: true,
    summary: undefined,
    finish: page.finish,
    model: page.model,
    repairs: [...repairs, ...page.repairs],
    reply: page.reply,
  };
}

function refuseRefusal(blocks: number, prose: EditReply["prose"]): void {
  if (blocks === 0 && isRefusal(prose))
    throw new OutputError("The model refused to make this change. Word the request differently.", {
      reason: "refused",
    });
}
