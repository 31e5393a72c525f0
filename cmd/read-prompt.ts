import type { CommandContext } from "./context.ts";

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
      'There is no prompt. Say what the page is for: orchestrator submit "Create a landing page for a coffee shop"',
    );
  }
  const prompt = cleanPrompt(argument === "-" ? await readAll(stdin) : argument);
  if (prompt === "") throw new UsageError("The prompt is empty. Say in a sentence what the page is for.");
  if (prompt.length > maxPromptLength) {
    throw new UsageError(`The prompt has ${prompt.length} characters; ${maxPromptLength} are possible.`);
  }
  return prompt;
}

async function readAll(stdin: NodeJS.ReadStream): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    chunks.push(Buffer.from(chunk));
    size += chunk.length;
    if (size > maxBytes) break;
  }
  return Buffer.concat(chunks).toString("utf8");
}
