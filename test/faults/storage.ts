import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSiteIndex } from "../../src/bundles/site-index.ts";
import { verifyBundle } from "../../src/bundles/verify-bundle.ts";
import { openPglite } from "../../src/db/pglite.ts";
import type { JobId } from "../../src/ids.ts";
import { findJob } from "../../src/jobs/find-job.ts";
import { startOrchestrator } from "../helpers/orchestrator-process.ts";
import type { Finding, Scenario } from "./scenario.ts";
import { addressOf, apiToken, type Stage } from "./stage.ts";
import { waitFor } from "./wait-for.ts";

export const storage: Scenario[] = [
  {
    number: 29,
    fault: "disk full while pages are published",
    run: fillDisk,
  },
  {
    number: 42,
    fault: "embedded: killed in the middle of a job; second process",
    short: true,
    async run(stage) {
      const directory = await mkdtemp(join(tmpdir(), "orchestrator-embedded-"));
      try {
        return await killEmbedded(stage, directory);
      } finally {
        await rm(directory, { recursive: true, force: true });
      }
    },
  },
];

async function fillDisk(stage: Stage): Promise<Finding> {
  const disk = stage.previewsPath;
  const mounted = Bun.spawnSync(["mount", "-t", "tmpfs", "-o", "size=1m", "none", disk]);
  if (!mounted.success) return { note: "NOT RUN: may not mount a small disk here" };
  stage.undo.push(() => void Bun.spawnSync(["umount", disk]));
  await stage.startApi();
  await stage.startWorker();
  const previews = stage.start(["serve-preview"]);
  const before = await stage.job(await stage.submit());
  await stage.finished(before.id);
  const page = `${await addressOf(previews)}/p/${before.site_id}/`;
  const filler = join(disk, "filler");
  await writeFile(filler, Buffer.alloc(2_000_000)).catch(() => undefined);
  const id = await stage.say(129);
  await waitFor("an attempt to fail", async () => (await stage.attempts(id)).includes("retried"));
  equal((await fetch(page)).status, 200, "old pages are still served");
  const { site_id, error_code } = await stage.job(id);
  equal(error_code, "storage");
  notEqual((await readSiteIndex(disk, site_id).catch(() => undefined))?.state, "live");
  await rm(filler);
  const freed = performance.now();
  await stage.finished(id);
  const recoveredMs = performance.now() - freed;
  const left = (await readdir(disk, { recursive: true })).filter((name) => name.includes(".tmp"));
  deepEqual(left, [], "nothing half-written is left");
  return { recoveredMs };
}

/** Has a ledger of its own: nobody else can look into an embedded database while it is open. */
async function killEmbedded(stage: Stage, directory: string) {
  const { DATABASE_URL: _, RABBITMQ_URL: __, ...rest } = stage.env;
  const previews = join(directory, "previews");
  const env = { ...rest, ORCHESTRATOR_DATA_DIR: directory, PREVIEWS_PATH: previews, TELEGRAM_BOT_TOKEN: "" };
  const args = ["up", "--port", "0", "--preview-port", "0"];
  stage.ai.play({ stallAfter: 3 }, {});
  const first = startOrchestrator(args, env);
  const url = await addressOf(first);
  const headers = { authorization: `Bearer ${apiToken}` };
  const init = { method: "POST", headers, body: JSON.stringify({ prompt: "A page for a coffee shop" }) };
  const { id } = (await (await fetch(`${url}/jobs`, init)).json()) as { id: JobId };
  await stage.asked(1);

  const second = startOrchestrator(args, env);
  notEqual(await second.exited, 0);
  match(second.log.map((line) => JSON.stringify(line)).join("\n"), /in use|another process|already/i);

  first.kill("SIGKILL");
  await first.exited;
  const started = performance.now();
  const third = startOrchestrator(args, env);
  await stage.asked(2);
  const recoveredMs = performance.now() - started;
  const api = await addressOf(third);
  await waitFor("the job to end", async () => {
    const job = (await (await fetch(`${api}/jobs/${id}`, { headers })).json()) as { status: string };
    return job.status === "completed";
  });
  third.kill("SIGTERM");
  equal(await third.exited, 0);
  await using db = await openPglite(directory);
  const job = await findJob(db, id);
  ok(job);
  equal(job.status, "completed");
  const index = await readSiteIndex(previews, job.siteId);
  equal(index?.state === "live" && index.revisions.length, 1);
  deepEqual((await verifyBundle(previews, job.siteId)).problems, []);
  // The ledger looks into the queue, which somebody has to declare.
  await stage.startApi();
  return { recoveredMs, note: "1 accepted, 1 completed once" };
}
