import { expect, setDefaultTimeout, test } from "bun:test";
import { openLivePage } from "../../src/bundles/live-page.ts";
import { publishRevision } from "../../src/bundles/publish-revision.ts";
import { createJobId, createSiteId, type SiteId } from "../../src/ids.ts";
import { createRevision } from "../bundles/sample-revision.ts";
import { openTemporaryRoot } from "../bundles/temporary-root.ts";
import { attacks, formatAttack } from "./attacks.ts";
import { sendRaw } from "./raw-request.ts";

/** Two seconds show that it works; memory is judged from a minute on: `SOAK_SECONDS=600`. */
const seconds = Number(process.env["SOAK_SECONDS"] ?? 2);
const longEnoughForMemory = 60;
const maxGrowthMiB = 24;
setDefaultTimeout((seconds + 60) * 1000);

test("honest visitors get their pages among hostile ones, in flat memory", async () => {
  await using root = await openTemporaryRoot();
  const sites = Array.from({ length: 120 }, (_, i) =>
    createRevision({ files: new Map([["index.html", formatPage(i)]]) }),
  );
  for (const site of sites) await publishRevision(root.path, site);
  const server = Bun.spawn([process.execPath, Bun.fileURLToPath(import.meta.resolve("./serve-root.ts")), root.path]);
  try {
    const port = Number(new TextDecoder().decode((await server.stdout.getReader().read()).value));
    const base = `http://127.0.0.1:${port}`;
    const end = Date.now() + seconds * 1000;
    const counts = { honest: 0, hostile: 0, broken: 0, watched: 0 };
    const memory: number[] = [];

    const visit = async (number: number) => {
      const i = number % sites.length;
      const path = `${base}/p/${sites[i]?.siteId}/${number % 3 === 0 ? "r/1/" : ""}`;
      const answer = await fetch(path, { headers: { "accept-encoding": number % 2 === 0 ? "br" : "identity" } });
      expect(await answer.text()).toBe(formatPage(i));
      counts.honest++;
    };
    const attack = async (number: number) => {
      const hostile = attacks[number % attacks.length];
      const [demo, other] = sites;
      if (!hostile || !demo || !other) throw new TypeError("nothing to send");
      await sendRaw(port, formatAttack(hostile, demo.siteId, other.siteId), { isHead: hostile.method === "HEAD" });
      counts.hostile++;
    };
    const hangUp = async (number: number) => {
      const socket = await Bun.connect({ hostname: "127.0.0.1", port, socket: { data() {} } });
      socket.write(`GET /p/${sites[number % sites.length]?.siteId}/ HTTP/1.1\r\nHost: a\r\n\r\n`.repeat(number % 20));
      socket.terminate();
      counts.broken++;
    };
    const growing = createSiteId();
    const writing = writeWithoutEnd(root.path, growing, end);
    const watch = async (number: number) => {
      const answer = await fetch(`${base}/p/${growing}/`);
      const reader = answer.body?.getReader();
      for (let pieces = number % 5; pieces >= 0; pieces--) await reader?.read();
      await reader?.cancel();
      counts.watched++;
    };
    const visitor = async (first: number) => {
      for (let number = first; Date.now() < end; number += 7) {
        await visit(number);
        await attack(number);
        await hangUp(number);
        await watch(number);
        if (first === 0) memory.push(await readMemoryMiB(server.pid));
      }
    };
    await Promise.all([writing, ...Array.from({ length: 8 }, (_, i) => visitor(i))]);

    expect(Math.min(...Object.values(counts))).toBeGreaterThan(0);
    expect(server.exitCode).toBeNull();
    if (seconds < longEnoughForMemory) return;
    const [start, last] = [mean(slice(memory, 0.2, 0.4)), mean(slice(memory, 0.8, 1))];
    console.log(counts, `memory ${start.toFixed(1)} → ${last.toFixed(1)} MiB, peak ${Math.max(...memory).toFixed(1)}`);
    expect(last - start).toBeLessThan(maxGrowthMiB);
  } finally {
    server.kill();
    await server.exited;
  }
});

/** A page that somebody writes all the time, and begins anew again and again. */
async function writeWithoutEnd(root: string, siteId: SiteId, end: number): Promise<void> {
  const live = await openLivePage(root, siteId, createJobId());
  for (let i = 1; Date.now() < end; i++) {
    if (i % 200 === 0) live.restart();
    live.addFile(`assets/dot${i % 20}.png`, new Uint8Array([i]));
    // Each beginning is another page: one that begins like the last would keep its viewers waiting for it to catch up.
    live.write(`<p>${Math.floor(i / 200)}${" more of it".repeat(100)}</p>`);
    await Bun.sleep(20);
  }
  await live.end({ state: "cancelled" });
}

function formatPage(number: number): string {
  return `<!doctype html><title>${number}</title>${Array.from({ length: 4000 }, (_, i) => (i * (number + 7919)) % 99991).join(" ")}`;
}

async function readMemoryMiB(pid: number): Promise<number> {
  const status = await Bun.file(`/proc/${pid}/status`).text();
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

function slice(values: readonly number[], from: number, to: number): number[] {
  return values.slice(Math.floor(values.length * from), Math.floor(values.length * to));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
