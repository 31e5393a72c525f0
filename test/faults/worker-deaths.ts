import { deepEqual, equal, ok } from "node:assert/strict";
import { SQL } from "bun";
import { readSiteIndex } from "../../src/bundles/site-index.ts";
import { startTcpProxy } from "../helpers/tcp-proxy.ts";
import type { Scenario } from "./scenario.ts";
import { waitFor } from "./wait-for.ts";

/** A second or so of writing: time to break something in the middle. */
export const slowly = { delayMs: 20 };

export const workerDeaths: Scenario[] = [
  {
    number: 1,
    fault: "worker killed in the middle of a job",
    short: true,
    async run(stage) {
      stage.ai.play({ stallAfter: 3 }, {});
      await stage.startApi();
      await stage.startWorkers(2);
      const id = await stage.say(101);
      await stage.asked(1);
      await stage.end(await stage.workerOf(id), "SIGKILL");
      const recoveredMs = await waitFor("another to claim it", async () => (await stage.job(id)).claims === 2);
      const { status, attempt, crashes, revision } = await stage.finished(id);
      deepEqual({ status, attempt, crashes, revision }, { status: "completed", attempt: 2, crashes: 1, revision: 1 });
      deepEqual(await stage.attempts(id), ["abandoned", "completed"]);
      return { recoveredMs };
    },
  },
  {
    number: 2,
    fault: "worker killed after publishing, before completing",
    short: true,
    async run(stage) {
      stage.ai.play(slowly);
      await stage.startApi();
      const worker = await stage.startWorker();
      const id = await stage.say(102);
      await stage.asked(1);
      // Completing closes the attempt's row; while somebody holds it, the page is published and the job not completed.
      const holder = new SQL(stage.env["DATABASE_URL"] ?? "", { max: 1 });
      const connection = await holder.reserve();
      await connection`begin`;
      await connection`select from job_attempts where job_id = ${id} for update`;
      const { site_id } = await stage.job(id);
      await waitFor("the page", async () => (await readSiteIndex(stage.previewsPath, site_id))?.state === "live");
      await stage.end(worker, "SIGKILL");
      // A backend that waits for a lock does not notice that its client is gone.
      await stage.sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      await connection`rollback`;
      connection.release();
      await holder.close();
      await stage.startWorker();
      const { attempt, crashes, revision } = await stage.finished(id);
      deepEqual({ attempt, crashes, revision }, { attempt: 2, crashes: 1, revision: 1 });
      equal(stage.ai.requests.length, 1, "the page was adopted, not made twice");
      return {};
    },
  },
  {
    number: 3,
    fault: "worker killed after completing, before its ack",
    async run(stage) {
      stage.ai.play(slowly);
      await using network = await startTcpProxy(stage.env["RABBITMQ_URL"] ?? "");
      await stage.startApi();
      const worker = await stage.startWorker({ RABBITMQ_URL: network.url });
      const id = await stage.say(103);
      await stage.asked(1);
      network.pause();
      await stage.finished(id);
      await stage.end(worker, "SIGKILL");
      network.cut();
      await stage.startWorker();
      const next = await stage.say(1031);
      await stage.finished(next);
      equal(stage.ai.requests.length, 2);
      deepEqual(await stage.attempts(id), ["completed"]);
      stage.mayRepeat = 1;
      return {};
    },
  },
  {
    number: 4,
    fault: "worker stopped for 90 s in the middle of a job, then goes on",
    patient: true,
    async run(stage) {
      stage.ai.play({ delayMs: 60 }, {});
      await stage.startApi();
      const [first, second] = await stage.startWorkers(2);
      const id = await stage.say(104);
      await stage.asked(1);
      const frozen = await stage.workerOf(id);
      frozen.kill("SIGSTOP");
      const stopped = performance.now();
      const recoveredMs = await waitFor("the lease to end", async () => (await stage.job(id)).claims === 2);
      await stage.finished(id);
      await Bun.sleep(90_000 - (performance.now() - stopped));
      frozen.kill("SIGCONT");
      // It learns so from its heartbeat, or when it wants to write the end.
      await frozen.line(({ msg, ours }) => /somebody else's/.test(String(msg)) || ours === false);
      equal(await stage.metric(frozen, 'job_attempts_total{outcome="lost_lease"}'), 1);
      deepEqual(await stage.attempts(id), ["abandoned", "completed"]);
      // And it is a worker like any other again.
      await stage.end(frozen === first ? (second ?? frozen) : (first ?? frozen), "SIGTERM");
      await stage.finished(await stage.say(1041));
      return { recoveredMs, note: "lease of 60 s" };
    },
  },
  {
    number: 17,
    fault: "a prompt that kills its worker every time",
    async run(stage) {
      stage.ai.playFor("poisonous", { stallAfter: 3 });
      await stage.startApi();
      await stage.startWorkers(2);
      const neighbours = await Promise.all([1, 2, 3, 4, 5, 6].map((chat) => stage.say(1700 + chat)));
      const id = await stage.say(170, "failed", "A poisonous page");
      for (let crash = 0; crash < 3; crash++) {
        // The third time it waits until its neighbours have ended, and is not to blame for a death before that.
        await waitFor(`claim ${crash + 1}`, async () => {
          const job = await stage.job(id);
          return job.claims === crash + 1 && job.stage !== null;
        });
        await stage.end(await stage.workerOf(id), "SIGKILL");
        await stage.startWorker();
      }
      const { error_code, crashes } = await stage.finished(id);
      deepEqual({ error_code, crashes }, { error_code: "poison", crashes: 3 });
      for (const neighbour of neighbours) equal((await stage.finished(neighbour)).status, "completed");
      await stage.telegram.call(({ parameters }) => parameters["chat_id"] === 170 && parameters["text"] !== undefined);
      // What a worker has sent and not yet recorded when it dies is sent again: at worst all that it had to tell.
      stage.mayRepeat = neighbours.length;
      return {};
    },
  },
  {
    number: 28,
    fault: "event loop held up for 31 s",
    patient: true,
    async run(stage) {
      stage.ai.play({ delayMs: 60 });
      await stage.startApi();
      await stage.startWorkers(2);
      const id = await stage.say(128);
      await stage.asked(1);
      const held = await stage.workerOf(id);
      held.kill("SIGSTOP");
      await Bun.sleep(31_000);
      held.kill("SIGCONT");
      const started = performance.now();
      const { crashes } = await stage.finished(id);
      const recoveredMs = performance.now() - started;
      equal(crashes, 0, "it is alive, and its lease holds");
      equal(stage.ai.requests.length, 1, "nothing was asked twice");
      const lag = await stage.metric(held, "nodejs_eventloop_lag_max_seconds");
      ok(lag > 30, `the loop's lag is told as ${lag} s`);
      await stage.finished(await stage.say(1281));
      return { recoveredMs };
    },
  },
];
