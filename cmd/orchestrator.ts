#!/usr/bin/env bun
import { run } from "./run.ts";

const interruption = new AbortController();
let interrupted: NodeJS.Signals | undefined;
for (const name of ["SIGINT", "SIGTERM"] as const) {
  process.on(name, () => {
    if (interrupted) process.exit(130);
    interrupted = name;
    interruption.abort();
  });
}
// A reader that has seen enough (`… | head`) is no reason to fail.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") process.stderr.write(`orchestrator: standard output cannot be written (${error.code})\n`);
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  signal: interruption.signal,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
});
// `exit` does not wait for a slow reader of what was printed.
await Promise.all([process.stdout, process.stderr].map((stream) => new Promise<void>((done) => stream.end(done))));
process.exit();
