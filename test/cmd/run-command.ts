import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import type { CommandContext } from "../../cmd/context.ts";
import { run } from "../../cmd/run.ts";

export interface CommandResult {
  status: number;
  stdout: string;
  stderr: string;
}

/** Runs a command in this process, with nothing but `env` in its environment. */
export async function runCommand(
  args: readonly string[],
  {
    env = {},
    stdin = "",
    signal = new AbortController().signal,
    terminal = false,
    columns = 100,
  }: {
    env?: Record<string, string>;
    stdin?: string | Readable;
    signal?: AbortSignal;
    terminal?: boolean;
    columns?: number;
  } = {},
): Promise<CommandResult> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const context = {
    env,
    signal,
    stdin: typeof stdin === "string" ? Readable.from([Buffer.from(stdin)]) : stdin,
    stdout: Object.assign(stdout, { isTTY: terminal, columns }),
    stderr: Object.assign(stderr, { isTTY: terminal }),
  } as unknown as CommandContext;
  const printed = Promise.all([text(stdout), text(stderr)]);
  const status = await run(args, context);
  stdout.end();
  stderr.end();
  const [out, err] = await printed;
  return { status, stdout: out, stderr: err };
}
