import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Glob, type Subprocess } from "bun";

/** A server process of the test's own, on loopback, that may be stopped, frozen and killed. */
export interface PrivateServer extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  /** Resolves when it answers. Also after `kill`, on the same data. */
  start(): Promise<void>;
  /** SIGKILL unless told, and wait for the end. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** SIGSTOP: connections stay open and nothing answers. */
  freeze(): void;
  thaw(): void;
}

export interface PrivateServerPlan {
  url: string;
  directory: string;
  spawn: () => Subprocess;
  answers: () => Promise<boolean>;
  startTimeoutMs: number;
  /** Runs after the process has ended for good. */
  cleanUp?: () => Promise<void>;
}

export async function startPrivateServer(plan: PrivateServerPlan): Promise<PrivateServer> {
  let server: Subprocess;
  let ending = false;

  async function start(): Promise<void> {
    ending = false;
    const started = plan.spawn();
    server = started;
    started.exited.then(async () => {
      // Bun's test runner ends all child processes when a test times out, also those that other tests share.
      if (ending && started.signalCode !== "SIGTERM") return;
      const how = started.signalCode ?? `status ${started.exitCode}`;
      console.error(`the private server ${plan.url} ended by itself (${how})\n${await lastWords(plan.directory)}`);
    });
    const deadline = Date.now() + plan.startTimeoutMs;
    while (!(await plan.answers())) {
      if (started.exitCode !== null || started.signalCode !== null || Date.now() > deadline)
        throw new Error(`the private server ${plan.url} did not start\n${await lastWords(plan.directory)}`);
      await Bun.sleep(50);
    }
  }

  async function kill(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    ending = true;
    server.kill(signal);
    await server.exited;
  }

  await start();
  return {
    url: plan.url,
    get pid() {
      return server.pid;
    },
    start,
    kill,
    freeze: () => server.kill("SIGSTOP"),
    thaw: () => server.kill("SIGCONT"),
    async [Symbol.asyncDispose]() {
      await kill();
      await plan.cleanUp?.();
      await rm(plan.directory, { recursive: true, force: true });
    },
  };
}

/** The end of what the server wrote into its logs. */
async function lastWords(directory: string): Promise<string> {
  const logs = await Array.fromAsync(new Glob("**/*.log").scan({ cwd: directory, absolute: true }));
  const ends = logs.map(async (log) => `${log}:\n${(await Bun.file(log).text()).split("\n").slice(-30).join("\n")}`);
  return (await Promise.all(ends)).join("\n");
}

export function temporaryDirectory(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `orchestrator-${name}-`));
}

/** As many different ports of 127.0.0.1 that nobody listened on a moment ago. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listen));
  const ports = servers.map((server) => {
    const address = server.address();
    if (typeof address !== "object" || address === null) throw new Error("no port");
    return address.port;
  });
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
  return ports;
}

function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}

/** Prefix of a command line that ends the process when the test run dies, however that happens. */
export const untilWeDie = ["setpriv", "--pdeathsig", "KILL"];

/** Whether a test that needs these files of Debian packages can run. Says so when it cannot. */
export function hasFiles(what: string, paths: readonly (string | undefined)[]): boolean {
  const missing = paths.find((path) => path === undefined || Bun.which(path) === null);
  if (paths.includes(missing)) console.warn(`skipped: ${what} (not installed: ${missing ?? "server"})`);
  return !paths.includes(missing);
}
