import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { publishRevision } from "../../src/bundles/publish-revision.ts";
import { readManifest } from "../../src/bundles/read-manifest.ts";
import { openPglite } from "../../src/db/pglite.ts";
import { OutputError } from "../../src/errors.ts";
import { createJobId, createSiteId, isSiteId, type SiteId } from "../../src/ids.ts";
import { openPreviewServer } from "../../src/preview/preview-server.ts";
import { createRevision } from "../bundles/sample-revision.ts";
import { until } from "../helpers/until.ts";
import { runCommand } from "./run-command.ts";

setDefaultTimeout(120_000);

let directory: string;
let previews: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "orchestrator-takedown-"));
  previews = join(directory, "previews");
});
afterAll(() => rm(directory, { recursive: true }));

let streets = 0;

/** Pages that differ: what is taken down cannot be published again. */
async function submit(...flags: string[]): Promise<SiteId> {
  const prompt = `Create a landing page for a coffee shop in street ${++streets}`;
  const { stdout } = await runCommand(["submit", ...flags, "--json", "--data-dir", directory, prompt]);
  const { siteId } = JSON.parse(stdout) as { siteId: unknown };
  if (!isSiteId(siteId)) throw new TypeError("no site");
  return siteId;
}

test("a page is proven, taken down, and cannot come back", async () => {
  const siteId = await submit();
  const proven = await runCommand(["verify", siteId, "--json", "--data-dir", directory]);
  expect(proven.status).toBe(0);
  expect(JSON.parse(proven.stdout)).toMatchObject({
    siteId,
    revision: 1,
    scripts: 0,
    outsideRequests: 0,
    problems: [],
  });
  const page = await Bun.file(join(previews, siteId, "r1", "index.html")).text();

  await using server = await openPreviewServer({
    root: previews,
    baseUrl: "http://localhost:8001",
    host: "127.0.0.1",
    port: 0,
  });
  const link = `${server.url}/p/${siteId}/`;
  expect((await fetch(link)).status).toBe(200);
  const { status, stdout } = await runCommand(["takedown", link, "--json", "--data-dir", directory]);
  expect(status).toBe(0);
  const { forbidden, ...rest } = JSON.parse(stdout) as { forbidden: number };
  expect(rest).toEqual({ siteId, takenDown: true } as never);
  expect(forbidden).toBeGreaterThan(0);
  await until(async () => (await fetch(link)).status === 410);
  expect((await fetch(`${link}r/1/`)).status).toBe(410);
  expect(await readdir(join(previews, siteId))).toEqual(["site.json"]);
  expect((await runCommand(["verify", siteId, "--data-dir", directory])).status).toBe(15);

  const again = createRevision({ files: new Map([["index.html", page]]) });
  await expect(publishRevision(previews, again)).rejects.toThrow(OutputError);
  const edit = await runCommand(["submit", "--edit", siteId, "--data-dir", directory, "make it darker"]);
  expect(edit.status).toBe(15);
});

test("what was done is told: how much is gone, and the second time that nothing was left to do", async () => {
  const siteId = await submit();
  const first = await runCommand(["takedown", siteId, "--data-dir", directory]);
  expect(first.stdout).toMatch(/ is down\. \d+ files? can never be published again\.\n$/);
  expect(await runCommand(["takedown", siteId, "--data-dir", directory])).toEqual({
    status: 0,
    stdout: `${siteId} was down already.\n`,
    stderr: "",
  });
});

test("a page that waits is cancelled", async () => {
  const siteId = await submit("--no-wait");
  const { status, stdout, stderr } = await runCommand(["takedown", siteId, "--data-dir", directory]);
  expect([status, stdout, stderr]).toEqual([0, `${siteId} is down.\n`, ""]);
  await using db = await openPglite(directory);
  expect(await db.query(sql`select status from jobs where site_id = ${siteId}::text`)).toEqual([
    { status: "cancelled" },
  ]);
});

test("a running process that has the database does not stand in the way", async () => {
  const siteId = await submit();
  await using _ = await openPglite(directory);
  const { status, stderr } = await runCommand(["takedown", siteId, "--data-dir", directory]);
  expect(status).toBe(0);
  expect(stderr).toContain("in use by process");
  expect(await readManifest(previews, siteId, 1)).toBeUndefined();
});

test("what nobody knows is not found, and what names no site is misuse", async () => {
  for (const command of ["verify", "takedown"]) {
    const unknown = await runCommand([command, createSiteId(), "--data-dir", directory]);
    expect([command, unknown.status]).toEqual([command, 15]);
  }
  for (const command of ["verify", "takedown", "export"]) {
    const { status, stderr } = await runCommand([command, "coffee", "--data-dir", directory]);
    expect(status).toBe(2);
    expect(stderr).toContain("'coffee' is invalid for argument 'site'. It must be the id of a site, or its link.");
  }
});

test("a link to a revision verifies that one", async () => {
  const siteId = await submit();
  const { stdout } = await runCommand(["verify", `http://localhost:8001/p/${siteId}/r/1/`, "--data-dir", directory]);
  expect(stdout).toContain("revision          1\n");
  const none = await runCommand(["verify", `http://localhost:8001/p/${siteId}/r/2/`, "--data-dir", directory]);
  expect(none.status).toBe(15);
});

test("a page that was altered is named, with status 14", async () => {
  const revision = createRevision({ jobId: createJobId() });
  await publishRevision(previews, revision);
  await Bun.write(join(previews, revision.siteId, "r1", "index.html"), "<script>alert(1)</script>");
  const { status, stdout, stderr } = await runCommand(["verify", revision.siteId, "--data-dir", directory]);
  expect(status).toBe(14);
  expect(stdout).toContain("index.html: altered");
  expect(stderr).toContain("not what was published");
});

test("help is wrapped for the terminal, whatever the source does", async () => {
  const { stdout } = await runCommand(["takedown", "--help"]);
  const [, description = ""] = stdout.split("\n\n");
  const lines = description.split("\n");
  expect(lines.slice(0, -1).filter((line) => line.length < 60)).toEqual([]);
});
