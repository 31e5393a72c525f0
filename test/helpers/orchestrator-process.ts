import { existsSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dir, "..", "..");
const binary = join(root, "dist", "orchestrator");

/** The compiled binary when it was built, otherwise the program from its source. */
export const command: readonly string[] = existsSync(binary)
  ? [binary]
  : [process.execPath, join(root, "cmd", "orchestrator.ts")];

export interface OrchestratorProcess extends AsyncDisposable {
  pid: number;
  /** Every log line so far, parsed. */
  log: Record<string, unknown>[];
  /** First line that `matches`, already written or still to come. Rejects when the process ends without it. */
  line(matches: (line: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
  exited: Promise<number>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts a long-running command with nothing but `env` in its environment. Disposing ends it with SIGTERM. */
export function startOrchestrator(args: readonly string[], env: Record<string, string>): OrchestratorProcess {
  const child = Bun.spawn([...command, ...args], {
    env: { LOG_FORMAT: "json", LOG_LEVEL: "DEBUG", ...env },
    stdout: "inherit",
    stderr: "pipe",
  });
  const log: Record<string, unknown>[] = [];
  const waiting = new Set<() => void>();
  const reading = (async () => {
    let rest = "";
    for await (const chunk of child.stderr.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) log.push(line.startsWith("{") ? JSON.parse(line) : { msg: line });
      for (const look of waiting) look();
    }
  })();
  return {
    pid: child.pid,
    log,
    line(matches) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const found = log.find(matches);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
        void reading.then(() => {
          look();
          reject(new Error(`orchestrator ${args.join(" ")} ended: ${log.map((line) => line["msg"]).join("\n")}`));
        });
      });
    },
    exited: child.exited,
    kill: (signal) => child.kill(signal),
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await child.exited;
    },
  };
}

/** Runs a command to its end. */
export async function runOrchestrator(
  args: readonly string[],
  { env = {}, stdin = "", cwd }: { env?: Record<string, string>; stdin?: string; cwd?: string } = {},
): Promise<{ status: number; stdout: string; stderr: string }> {
  const child = Bun.spawn([...command, ...args], {
    env,
    stdin: new Blob([stdin]),
    stdout: "pipe",
    stderr: "pipe",
    ...(cwd === undefined ? {} : { cwd }),
  });
  const [stdout, stderr, status] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  return { status, stdout, stderr };
}
