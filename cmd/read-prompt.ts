import type { CommandContext } from "./context.ts";
import { invocation } from "./invocation.ts";

/** More than this on standard input is a mistake, not a prompt. */
const maxBytes = 1024 * 1024;

/**
 * The prompt of `submit`, cleaned.
 *
 * @throws {UsageError} When it is missing, empty or too long.
 */
export async function readPrompt(argument: string | undefined, { stdin }: CommandContext): Promise<string> {
  const { cleanPrompt, maxPromptLength, UsageError } = await import("../src/mod.ts");
  if (argument === undefined) {
    throw new UsageError(
      `There is no prompt. Say what the page is for: ${invocation()} submit "Create a landing page for a coffee shop"`,
    );
  }
  const text = argument === "-" ? await readAll(stdin) : argument;
  if (text === undefined) {
    throw new UsageError(
      `Standard input holds more than ${maxBytes >> 20} MiB; a prompt has at most ${maxPromptLength} characters.`,
    );
  }
  const prompt = cleanPrompt(text);
  if (prompt === "") throw new UsageError("The prompt is empty. Say in a sentence what the page is for.");
  if (prompt.length > maxPromptLength) {
    throw new UsageError(`The prompt has ${prompt.length} characters; ${maxPromptLength} are possible.`);
  }
  return prompt;
}

/** @returns `undefined` when there is more than anybody means as a prompt. */
async function readAll(stdin: NodeJS.ReadStream): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    chunks.push(Buffer.from(chunk));
    size += chunk.length;
    if (size > maxBytes) return undefined;
  }
  return Buffer.concat(chunks).toString("utf8");
}
