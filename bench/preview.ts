/**
 * Requests per second and CPU time per request of the preview server, beside nginx (one worker) and
 * sirv on Node, over the same 20 KB page with the same headers, in one run and in turns.
 *
 *     bun bench/preview.ts [rounds] [seconds]
 *
 * Needs `wrk`, `nginx` with `ngx_http_brotli_static_module`, and `node` on PATH.
 */
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Subprocess } from "bun";
import { publishRevision } from "../src/bundles/publish-revision.ts";
import { createJobId, createSiteId, type SiteId } from "../src/ids.ts";
import { openPreviewServer } from "../src/preview/preview-server.ts";
import { createSecurityHeaders } from "../src/preview/security-headers.ts";

const ports = { orchestrator: 18_001, nginx: 18_002, sirv: 18_003 } as const;
type Peer = keyof typeof ports;
const peers = Object.keys(ports) as Peer[];
const clockTicksPerSecond = 100;

const [mode = "3", argument = "4"] = process.argv.slice(2);
if (mode === "serve") {
  await openPreviewServer({ root: argument, baseUrl: "http://localhost", host: "127.0.0.1", port: ports.orchestrator });
} else {
  await compare(Number(mode), Number(argument));
}

async function compare(rounds: number, seconds: number): Promise<void> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "bench-preview-")));
  const siteId = createSiteId();
  await publish(root, siteId);
  const servers = await startServers(root, siteId);
  try {
    for (const coding of ["identity", "br"]) {
      console.log(`\nAccept-Encoding: ${coding}, ${rounds} rounds of ${seconds} s, 32 connections`);
      const results = new Map<Peer, Sample[]>(peers.map((peer) => [peer, []]));
      for (let round = 0; round < rounds; round++) {
        for (const peer of peers) {
          const sample = await measure(
            `http://127.0.0.1:${ports[peer]}/p/${siteId}/`,
            coding,
            seconds,
            servers[peer].pid,
          );
          results.get(peer)?.push(sample);
        }
      }
      report(results);
    }
  } finally {
    for (const server of Object.values(servers)) server.kill();
    await Promise.all(Object.values(servers).map((server) => server.exited));
    await rm(root, { recursive: true });
  }
}

interface Sample {
  requestsPerSecond: number;
  cpuMicrosecondsPerRequest: number;
  memoryMiB: number;
}

async function measure(url: string, coding: string, seconds: number, pid: number): Promise<Sample> {
  const command = ["wrk", "-t1", "-c32", `-d${seconds}s`, "-H", `Accept-Encoding: ${coding}`, url];
  await Bun.spawn([...command.slice(0, 3), "-d1s", ...command.slice(4)], { stdout: "ignore" }).exited;
  const before = await readCpuSeconds(pid);
  const output = await Bun.spawn(command).stdout.text();
  const cpuSeconds = (await readCpuSeconds(pid)) - before;
  const requests = Number(/(\d+) requests in/.exec(output)?.[1]);
  if (/Non-2xx|Socket errors/.test(output) || !requests) throw new Error(output);
  const status = await Bun.file(`/proc/${pid}/status`).text();
  return {
    requestsPerSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(output)?.[1]),
    cpuMicrosecondsPerRequest: (cpuSeconds / requests) * 1e6,
    memoryMiB: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024,
  };
}

async function readCpuSeconds(pid: number): Promise<number> {
  const fields = (await Bun.file(`/proc/${pid}/stat`).text()).replace(/^.*\) /, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) / clockTicksPerSecond;
}

function report(results: ReadonlyMap<Peer, Sample[]>): void {
  const column = (peer: Peer, key: keyof Sample) => median((results.get(peer) ?? []).map((sample) => sample[key]));
  const nginxCpu = column("nginx", "cpuMicrosecondsPerRequest");
  for (const peer of peers) {
    const cpu = column(peer, "cpuMicrosecondsPerRequest");
    console.log(
      [
        peer.padEnd(13),
        `${column(peer, "requestsPerSecond").toFixed(0).padStart(7)} req/s`,
        `${cpu.toFixed(1).padStart(7)} µs CPU/request`,
        `${(cpu / nginxCpu).toFixed(2).padStart(6)} × nginx`,
        `${column(peer, "memoryMiB").toFixed(0).padStart(5)} MiB`,
        ` all: ${(results.get(peer) ?? []).map((sample) => sample.cpuMicrosecondsPerRequest.toFixed(1)).join(" ")}`,
      ].join("  "),
    );
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function publish(root: string, siteId: SiteId): Promise<void> {
  const words = Array.from({ length: 400 }, (_, i) => `<p class="c${i}">Line ${(i * 7919) % 1000} of the menu</p>\n`);
  const page = `<!doctype html><title>Bench</title>\n${words.join("")}`.padEnd(20_469, " ");
  await publishRevision(root, {
    siteId,
    revision: 1,
    jobId: createJobId(),
    title: "Bench",
    provider: "mock",
    model: "mock",
    createdAt: new Date(),
    sanitizer: { version: "0", report: { removed: 0, rules: {} } },
    files: new Map([["index.html", page]]),
  });
}

async function startServers(
  root: string,
  siteId: SiteId,
): Promise<Record<Peer, { pid: number } & Pick<Subprocess, "kill" | "exited">>> {
  const directory = join(root, siteId, "r1");
  const headers = { ...createSecurityHeaders(false), "Cache-Control": "no-cache", Vary: "Accept-Encoding" };
  const configuration = join(root, "nginx.conf");
  await Bun.write(configuration, formatNginxConfiguration(root, siteId, directory, headers));
  const sirvScript = join(root, "sirv.mjs");
  await Bun.write(sirvScript, formatSirvScript(siteId, directory, headers));
  const spawn = (command: string[]) => Bun.spawn(command, { stdout: "inherit", stderr: "inherit" });
  const servers = {
    orchestrator: spawn([process.execPath, import.meta.path, "serve", root]),
    nginx: spawn(["nginx", "-p", root, "-c", configuration]),
    sirv: spawn(["node", sirvScript]),
  };
  await Promise.all(peers.map((peer) => waitForPage(`http://127.0.0.1:${ports[peer]}/p/${siteId}/`)));
  return servers;
}

async function waitForPage(url: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (
    !(await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    ))
  ) {
    if (Date.now() > deadline) throw new Error(`${url} does not answer`);
    await Bun.sleep(50);
  }
}

function formatNginxConfiguration(
  root: string,
  siteId: string,
  directory: string,
  headers: Record<string, string>,
): string {
  // One process does it all, so that its CPU time is the whole of it.
  return `
load_module /usr/lib/nginx/modules/ngx_http_brotli_static_module.so;
daemon off; master_process off; worker_processes 1; pid ${root}/nginx.pid; error_log stderr error;
events { worker_connections 1024; }
http {
  access_log off; sendfile on; tcp_nopush on; etag on; keepalive_requests 100000000; server_tokens off;
  open_file_cache max=1000 inactive=60s; open_file_cache_valid 1s;
  types { text/html html; } charset utf-8;
  client_body_temp_path ${root}/body; proxy_temp_path ${root}/proxy; fastcgi_temp_path ${root}/fastcgi;
  uwsgi_temp_path ${root}/uwsgi; scgi_temp_path ${root}/scgi;
  server {
    listen 127.0.0.1:${ports.nginx};
    brotli_static on; gzip_static on;
    ${Object.entries(headers)
      .map(([name, value]) => `add_header ${name} "${value}" always;`)
      .join("\n    ")}
    location /p/${siteId}/ { alias ${directory}/; index index.html; }
  }
}
`;
}

function formatSirvScript(siteId: string, directory: string, headers: Record<string, string>): string {
  return `
import { createServer } from "node:http";
import sirv from ${JSON.stringify(import.meta.resolve("sirv"))};
const serve = sirv(${JSON.stringify(directory)}, { etag: true, brotli: true, gzip: true, setHeaders(response) {
  for (const [name, value] of Object.entries(${JSON.stringify(headers)})) response.setHeader(name, value);
} });
const prefix = "/p/${siteId}";
createServer((request, response) => {
  request.url = request.url.slice(prefix.length);
  serve(request, response, () => response.writeHead(404).end());
}).listen(${ports.sirv}, "127.0.0.1");
`;
}
