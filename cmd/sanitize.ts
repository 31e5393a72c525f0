import type { Command } from "commander";
import type { CommandContext } from "./context.ts";
import { helpEnding } from "./help-text.ts";

/** Most a `--batch` may hold: it is parsed whole. */
const maxBatchBytes = 256 * 1024 * 1024;

interface SanitizeFlags {
  report?: true;
  batch?: true;
}

export function registerSanitize(program: Command, context: CommandContext): void {
  program
    .command("sanitize")
    .summary("make hostile HTML safe")
    .description("Read HTML from a file or standard input and print what the pipeline would publish of it.")
    .argument("[file]", 'file to read; "-" or nothing reads standard input', "-")
    .option("--report", "print what was removed, by rule, as JSON on standard error")
    .option("--batch", "read a JSON array of strings and print one")
    .addHelpText("after", helpEnding({ variables: [], exits: [0, 1, 2, 15] }))
    .action(async (file: string, flags: SanitizeFlags) => {
      const input = await openInput(file, context);
      await (flags.batch ? sanitizeBatch(input, flags, context) : sanitizeStream(input, flags, context));
    });
}

async function openInput(file: string, { stdin }: CommandContext): Promise<AsyncIterable<Uint8Array>> {
  if (file === "-") return stdin;
  const { NotFoundError } = await import("../src/mod.ts");
  const { createReadStream } = await import("node:fs");
  const { stat } = await import("node:fs/promises");
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new NotFoundError(`There is no file ${file}.`);
  return createReadStream(file);
}

async function sanitizeStream(
  input: AsyncIterable<Uint8Array>,
  { report }: SanitizeFlags,
  { stdout, stderr }: CommandContext,
) {
  const { createSanitizer } = await import("../src/mod.ts");
  let flowing = true;
  const sanitizer = createSanitizer((html) => {
    flowing = stdout.write(html) && flowing;
  });
  const decoder = new TextDecoder();
  for await (const chunk of input) {
    sanitizer.write(decoder.decode(chunk, { stream: true }));
    if (!flowing) await new Promise<void>((resolve) => stdout.once("drain", resolve));
    flowing = true;
  }
  sanitizer.write(decoder.decode());
  const result = sanitizer.end();
  if (report) stderr.write(`${JSON.stringify(result)}\n`);
}

async function sanitizeBatch(
  input: AsyncIterable<Uint8Array>,
  { report }: SanitizeFlags,
  { stdout, stderr }: CommandContext,
) {
  const { sanitize, UsageError } = await import("../src/mod.ts");
  const pages = parseBatch(await readAll(input));
  if (pages === undefined)
    throw new UsageError(`--batch needs a JSON array of strings of at most ${maxBatchBytes} bytes.`);
  const results = pages.map((page) => sanitize(page));
  stdout.write(`${JSON.stringify(results.map(({ html }) => html))}\n`);
  if (report) stderr.write(`${JSON.stringify(results.map((result) => result.report))}\n`);
}

async function readAll(input: AsyncIterable<Uint8Array>): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of input) {
    size += chunk.length;
    if (size > maxBatchBytes) return undefined;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function parseBatch(text: string | undefined): string[] | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return Array.isArray(value) && value.every((one) => typeof one === "string") ? value : undefined;
  } catch {
    return undefined;
  }
}
