/** What a command gets from the process, and nothing else of it. */
export interface CommandContext {
  env: Readonly<Record<string, string | undefined>>;
  /** Aborts on the first SIGINT or SIGTERM; the second ends the process at once. */
  signal: AbortSignal;
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
}
