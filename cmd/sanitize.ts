import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { addAbortSignal, type Readable } from "node:stream";
import type { Command } from "commander";
import type { CommandContext } from "./context.ts";
import { helpEnding } from "./help-text.ts";

/** Most a `--batch` may hold: it is parsed whole. */
const maxBatchBytes = 256 * 1024 * 1024;

interface SanitizeFlags {
  report?: true;
  batch?: true;
}

const description = `Read HTML from a file or standard input and print what would be published of it: always one whole
document, in which no script runs and from which no request goes out. A long document is printed as it arrives.`;

export function registerSanitize(program: Command, context: CommandContext): void {
  program
    .command("sanitize")
    .summary("make hostile HTML safe")
    .description(description)
    .argument("[file]", 'file to read; "-" or nothing reads standard input', "-")
    .option("--report", "print what was removed, by rule, as JSON on standard error")
    .option("--batch", "read a JSON array of strings and print one")
    .addHelpText("after", helpEnding({ variables: [], exits: [0, 1, 2, 15, 130] }))
    .action(async (file: string, flags: SanitizeFlags) => {
      const input = await openInput(file, context);
      await (flags.batch ? sanitizeBatch(input, flags, context) : sanitizeStream(input, flags, context));
    });
}

/** @throws {NotFoundError} */
async function openInput(file: string, { stdin, signal }: CommandContext): Promise<AsyncIterable<Uint8Array>> {
  if (file === "-") return reading(stdin, signal);
  const { NotFoundError, UsageError } = await import("../src/mod.ts");
  const found = await stat(file).catch((cause) => {
    throw new NotFoundError(`There is no file ${file}.`, { cause });
  });
  if (found.isDirectory()) throw new UsageError(`${file} is a directory. Name a file.`);
  return reading(createReadStream(file), signal);
}

async function* reading(input: Readable, signal: AbortSignal): AsyncIterable<Uint8Array> {
  const { InterruptedError, UsageError } = await import("../src/mod.ts");
  try {
    yield* addAbortSignal(signal, input);
  } catch (cause) {
    if (signal.aborted) throw new InterruptedError("Interrupted.", { cause });
    throw new UsageError(`The input cannot be read (${(cause as NodeJS.ErrnoException).code}).`, { cause });
  }
}

async function sanitizeStream(
  input: AsyncIterable<Uint8Array>,
  { report }: SanitizeFlags,
  { stdout, stderr }: CommandContext,
): Promise<void> {
  const { loadSanitizer } = await import("../src/mod.ts");
  const { createSanitizer } = await loadSanitizer();
  let flowing = true;
  const sanitizer = createSanitizer((html) => {
    flowing = stdout.write(html);
  });
  const decoder = new TextDecoder();
  for await (const chunk of input) {
    sanitizer.write(decoder.decode(chunk, { stream: true }));
    if (!flowing) await new Promise<void>((resolve) => stdout.once("drain", resolve));
    flowing = true;
  }
  sanitizer.write(decoder.decode());
  const result = sanitizer.end();
  // In a pipe the page is exact to the byte. On a terminal whatever comes next would run into its last line.
  if (stdout.isTTY === true) stdout.write("\n");
  if (report) stderr.write(`${JSON.stringify(result)}\n`);
}

async function sanitizeBatch(
  input: AsyncIterable<Uint8Array>,
  { report }: SanitizeFlags,
  { stdout, stderr }: CommandContext,
): Promise<void> {
  const { loadSanitizer, UsageError } = await import("../src/mod.ts");
  const { sanitize } = await loadSanitizer();
  const text = await readAll(input);
  if (text === undefined) {
    throw new UsageError(`--batch takes up to ${maxBatchBytes >> 20} MiB at once. Split the array.`);
  }
  const pages = parseBatch(text);
  if (pages === undefined) {
    throw new UsageError('--batch needs a JSON array of strings: ["<p>one page</p>", "<p>another</p>"]');
  }
  const results = pages.map((page) => sanitize(page));
  stdout.write(`${JSON.stringify(results.map(({ html }) => html))}\n`);
  if (report) stderr.write(`${JSON.stringify(results.map((result) => result.report))}\n`);
}

/** @returns `undefined` when there is more than a batch may hold. */
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

function parseBatch(text: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((one) => typeof one === "string") ? value : undefined;
  } catch {
    return undefined;
  }
}
