import type { AiScript } from "../helpers/ai-server.ts";
import type { OrchestratorProcess } from "../helpers/orchestrator-process.ts";
import { startTcpProxy, type TcpProxy } from "../helpers/tcp-proxy.ts";
import { offerLoad } from "./load.ts";
import { createRandom, type Random } from "./random.ts";
import type { Scenario } from "./scenario.ts";
import type { Stage } from "./stage.ts";
import { waitFor } from "./wait-for.ts";

/** What the faults may lay their hands on. */
interface Scene {
  stage: Stage;
  api: OrchestratorProcess;
  workers: OrchestratorProcess[];
  toBroker: TcpProxy;
  toDatabase: TcpProxy;
  /** Environment of every process: the way through the two. */
  env: Record<string, string>;
}

/** Faults of one target come one after the other; those of different targets may meet. */
type Target = "workers" | "api" | "broker" | "database" | "ai" | "telegram";
type Play = (scene: Scene, random: Random) => Promise<void>;

/** Most messages that one process can be sending when it dies. */
const sentAtOnce = 20;
/** Between the beginnings of two faults. */
const [leastGapMs, mostGapMs] = [6_000, 14_000];

const aiFaults: AiScript[] = [
  { delayMs: 100 },
  { failure: { status: 429, code: "rate_limit_exceeded", retryAfter: "2" } },
  { failure: { status: 503 } },
  { stallAfter: 5 },
  { dropAfter: 10 },
];

const faults: Record<Target, Record<string, Play>> = {
  workers: {
    async "kill worker"({ stage, workers, env }, random) {
      stage.mayRepeat += sentAtOnce;
      await stage.end(takeOne(workers, random), "SIGKILL");
      workers.push(await stage.startWorker(env));
    },
    async "stop worker"({ stage, workers, env }, random) {
      const status = await stage.end(takeOne(workers, random), "SIGTERM");
      if (status !== 0) throw new Error(`a worker told to stop exited with ${status}`);
      workers.push(await stage.startWorker(env));
    },
    async "freeze worker"({ workers }, random) {
      const worker = random.pick(workers);
      worker.kill("SIGSTOP");
      await Bun.sleep(random.between(500, 15_000));
      worker.kill("SIGCONT");
    },
  },
  api: {
    async "kill API"(scene) {
      scene.stage.mayRepeat += sentAtOnce;
      await scene.stage.end(scene.api, "SIGKILL");
      scene.api = await scene.stage.startApi(scene.env);
    },
  },
  broker: {
    async "restart broker"({ stage }) {
      await stage.world.broker.ctl("stop_app");
      await stage.world.broker.ctl("start_app");
    },
    async "kill broker"({ stage }) {
      await stage.world.broker.ctl("eval", "[dets:sync(Table) || Table <- dets:all()].");
      await stage.world.broker.kill();
      await stage.world.broker.start();
    },
    async "memory alarm"({ stage }, random) {
      await stage.world.broker.ctl("set_vm_memory_high_watermark", "0.00001");
      await Bun.sleep(random.between(500, 8_000));
      await stage.world.broker.ctl("set_vm_memory_high_watermark", "0.4");
    },
    async "freeze broker"({ stage }, random) {
      stage.world.broker.freeze();
      await Bun.sleep(random.between(500, 15_000));
      stage.world.broker.thaw();
    },
    "pause network to broker": ({ toBroker }, random) => pause(toBroker, random),
    async "cut connections to broker"({ toBroker }) {
      toBroker.cut();
    },
  },
  database: {
    async "restart Postgres"({ stage }) {
      await stage.world.postgres.kill("SIGQUIT");
      await stage.world.postgres.start();
    },
    async "kill backends"({ stage }) {
      // Our own connections may not have noticed yet that the server was restarted.
      await waitFor("backends to be killed", async () => {
        await stage.sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name = 'orchestrator'`;
        return true;
      });
    },
    "pause network to database": ({ toDatabase }, random) => pause(toDatabase, random),
    async "cut connections to database"({ toDatabase }) {
      toDatabase.cut();
    },
  },
  ai: {
    async "trouble at the AI"({ stage }, random) {
      stage.ai.play(random.pick(aiFaults));
      await Bun.sleep(random.between(500, 6_000));
      stage.ai.play({ delayMs: 10 });
    },
  },
  telegram: {
    async "trouble at Telegram"({ stage }, random) {
      const limited = { error_code: 429, description: "Too Many Requests", parameters: { retry_after: 2 } };
      const times = random.between(1, 10);
      stage.telegram.fail(
        random.pick([
          { error: limited, times },
          { http: { status: 502, body: "<html>" }, times },
        ]),
      );
    },
  },
};

interface PlannedFault {
  atMs: number;
  target: Target;
  name: string;
  play: Play;
  /** Its own, so that what it does depends on nothing that happens meanwhile. */
  random: Random;
}

/** The whole of it, from the seed alone. Every kind comes before any comes again. */
function planFaults(seed: number, minutes: number): PlannedFault[] {
  const random = createRandom(seed);
  const kinds = Object.entries(faults).flatMap(([target, plays]) =>
    Object.entries(plays).map(([name, play]) => ({ target: target as Target, name, play })),
  );
  const plan: PlannedFault[] = [];
  let deck: typeof kinds = [];
  for (let atMs = 0; ; ) {
    atMs += random.between(leastGapMs, mostGapMs);
    if (atMs >= minutes * 60_000) return plan;
    if (deck.length === 0) deck = [...kinds];
    const [chosen] = deck.splice(random.between(0, deck.length - 1), 1);
    if (chosen) plan.push({ atMs, ...chosen, random: createRandom(random.between(0, 2 ** 31)) });
  }
}

/** Load for so many minutes, with faults of every kind: which, when and how long is decided by the seed alone. */
export function randomRun(seed: number, minutes: number): Scenario {
  return {
    number: 0,
    fault: `random, seed ${seed}, ${minutes} min`,
    async run(stage) {
      const toBroker = await startTcpProxy(stage.env["RABBITMQ_URL"] ?? "");
      const toDatabase = await startTcpProxy(stage.env["DATABASE_URL"] ?? "");
      // Not before the ledger is checked: what is left in the queue then has to find its way.
      for (const network of [toBroker, toDatabase]) stage.undo.push(() => void network[Symbol.asyncDispose]());
      const env = { RABBITMQ_URL: toBroker.url, DATABASE_URL: toDatabase.url, AI_TIMEOUT: "20", MAX_RETRIES: "50" };
      stage.ai.play({ delayMs: 10 });
      const api = await stage.startApi(env);
      const scene = { stage, toBroker, toDatabase, env, api, workers: await stage.startWorkers(3, env) };
      const stop = AbortSignal.timeout(minutes * 60_000);
      const load = offerLoad(stage, { everyMs: 400, signal: stop, random: createRandom(seed + 1).next, end: "any" });
      const plan = planFaults(seed, minutes);
      await playFaults(scene, plan);
      await load;
      await stage.settled(240_000);
      const { failed } = await stage.count();
      return { note: `${plan.length} faults, ${failed} failed` };
    },
  };
}

async function playFaults(scene: Scene, plan: readonly PlannedFault[]): Promise<void> {
  const started = performance.now();
  const now = () => performance.now() - started;
  const failures: unknown[] = [];
  const busy = new Map<Target, Promise<unknown>>();
  for (const { atMs, target, name, play, random } of plan) {
    await Bun.sleep(Math.max(0, atMs - now()));
    const turn = (busy.get(target) ?? Promise.resolve()).then(async () => {
      console.log(`${(now() / 1000).toFixed(1).padStart(7)} s  ${name}`);
      await play(scene, random);
    });
    busy.set(
      target,
      turn.catch((error: unknown) => failures.push(error)),
    );
  }
  await Promise.all(busy.values());
  if (failures.length > 0) throw failures[0];
}

async function pause(network: TcpProxy, random: Random): Promise<void> {
  network.pause();
  await Bun.sleep(random.between(500, 12_000));
  network.resume();
}

function takeOne(workers: OrchestratorProcess[], random: Random): OrchestratorProcess {
  const chosen = random.pick(workers);
  workers.splice(workers.indexOf(chosen), 1);
  return chosen;
}
