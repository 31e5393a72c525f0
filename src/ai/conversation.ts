import { editInstructions, editMessage, retryMessage, rewriteMessage } from "./edit-prompt.ts";
import { aboutPictures, instructionsFor, severalPages } from "./page-instructions.ts";
import { continueInstructions, pageInstructions } from "./prompt.ts";
import type { GenerationRequest, ProviderName } from "./provider.ts";

/** What a model is told, before each provider puts it into its own form. */
export interface Conversation {
  system: string;
  turns: { from: "person" | "model"; text: string }[];
}

/** The person's words are always a turn of their own, never part of the instructions. */
export function conversationOf(request: GenerationRequest, provider: ProviderName): Conversation {
  const { prompt, edit, continuation } = request;
  const turns: Conversation["turns"] = [];
  const say = (text: string) => turns.push({ from: "person", text });
  if (edit === undefined) say(prompt);
  else say(edit.rewrite ? rewriteMessage(edit.pages, prompt) : editMessage(edit.pages, prompt));
  if (edit?.retry) {
    turns.push({ from: "model", text: edit.retry.reply });
    say(retryMessage(edit.retry.problems));
  }
  if (continuation !== undefined) {
    turns.push({ from: "model", text: continuation.partial });
    say(continueInstructions);
  }
  return { system: edit ? changeInstructions(request, edit.rewrite) : instructionsFor(request, provider), turns };
}

/** A page that is there has its kind and its look already. */
function changeInstructions({ pictures = [], several }: GenerationRequest, rewrite = false): string {
  const parts = [rewrite ? pageInstructions : editInstructions];
  if (rewrite && several) parts.push(severalPages);
  if (pictures.length > 0) parts.push(aboutPictures(pictures));
  return parts.join("\n\n");
}
