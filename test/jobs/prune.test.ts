import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdir, mkdtemp, readdir, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { publishRevision } from "../../src/bundles/publish-revision.ts";
import { setExpiry } from "../../src/bundles/remove-site.ts";
import { readSiteIndex } from "../../src/bundles/site-index.ts";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { prune } from "../../src/jobs/prune.ts";
import { claimTurn } from "../../src/jobs/prune-on-schedule.ts";
import { createRevision } from "../bundles/sample-revision.ts";
import { databases, empty } from "../helpers/database.ts";

setDefaultTimeout(60_000);

const { signal } = new AbortController();
const nothing = { sites: 0, leftovers: 0, updates: 0, notifications: 0, replies: 0, pictures: 0 };

describe.each(databases("pruning"))("pruning on $name", ({ open }) => {
  let db: Database;
  let previewsPath: string;
  beforeAll(async () => {
    db = await open();
    await migrate(db);
  });
  afterAll(() => db[Symbol.asyncDispose]());
  beforeEach(async () => {
    await empty(db);
    previewsPath = await mkdtemp(join(tmpdir(), "orchestrator-prune-"));
  });
  afterEach(() => rm(previewsPath, { recursive: true }));

  const run = (dryRun = false) => prune({ db, previewsPath }, { dryRun, signal });

  test("where there is nothing, and no directory, nothing is removed", async () => {
    expect(await prune({ db, previewsPath: join(previewsPath, "none") }, { dryRun: false, signal })).toEqual(nothing);
  });

  test("old updates go, more than one batch of them, and young ones stay", async () => {
    await db.query(sql`
      insert into telegram_updates (update_id, kind, received_at)
      select n, 'message', now() - case when n <= 2500 then interval '15 days' else interval '13 days' end
      from generate_series(1, 2600) n`);
    expect(await run(true)).toEqual({ ...nothing, updates: 2500 });
    expect(await run()).toEqual({ ...nothing, updates: 2500 });
    expect(await run()).toEqual(nothing);
    expect(await db.query(sql`select count(*)::int as left from telegram_updates`)).toEqual([{ left: 100 }]);
  });

  test("old words go, and a message that can be replied to stays", async () => {
    await db.query(sql`insert into chats (id, type) values (7, 'private')`);
    await db.query(sql`
      insert into sites (id, tenant) values (${"a".repeat(26)}::text, 'test')`);
    await db.query(sql`
      insert into notifications (chat_id, kind, site_id, message_id, status, finished_at)
      values (7, 'help', null, 1, 'sent', now() - interval '31 days'),
             (7, 'help', null, 2, 'sent', now() - interval '29 days'),
             (7, 'deleted', ${"a".repeat(26)}::text, 3, 'sent', now() - interval '31 days'),
             (7, 'deleted', ${"a".repeat(26)}::text, 4, 'sent', now() - interval '367 days'),
             (7, 'failed', ${"a".repeat(26)}::text, null, 'undeliverable', now() - interval '31 days'),
             (7, 'waiting', null, null, 'pending', null)`);
    expect(await run()).toEqual({ ...nothing, notifications: 3 });
    const kept = await db.query<{ message_id: number | null }>(sql`select message_id from notifications order by id`);
    expect(kept.map((row) => row.message_id)).toEqual([2, 3, null]);
  });

  test("an expired site loses its files, is listed no more, and its address stays gone", async () => {
    const [expired, kept] = [createRevision(), createRevision()];
    for (const revision of [expired, kept]) {
      await publishRevision(previewsPath, revision);
      await db.query(
        sql`insert into sites (id, tenant, current_revision) values (${revision.siteId}::text, 'test', 1)`,
      );
    }
    await setExpiry(previewsPath, expired.siteId, new Date(Date.now() - 1000));
    await setExpiry(previewsPath, kept.siteId, new Date(Date.now() + 3_600_000));
    expect(await run(true)).toEqual({ ...nothing, sites: 1 });
    expect((await readSiteIndex(previewsPath, expired.siteId))?.state).toBe("live");
    expect(await run()).toEqual({ ...nothing, sites: 1 });
    expect(await readSiteIndex(previewsPath, expired.siteId)).toMatchObject({ state: "gone", reason: "expired" });
    expect(await readdir(join(previewsPath, expired.siteId))).not.toContain("r1");
    expect(await readdir(join(previewsPath, kept.siteId))).toContain("r1");
    expect(await db.query(sql`select id from sites where removed_at is not null`)).toEqual([{ id: expired.siteId }]);
    expect(await run()).toEqual(nothing);
  });

  test("bundles that a crash left go once they are old, and a damaged site keeps its own", async () => {
    const [sample, damaged] = [createRevision(), createRevision()];
    for (const revision of [sample, damaged]) await publishRevision(previewsPath, revision);
    await Bun.write(join(previewsPath, damaged.siteId, "site.json"), "{");
    const old = new Date(Date.now() - 7_200_000);
    const make = async (path: string, at: Date) => {
      await mkdir(join(previewsPath, path));
      await utimes(join(previewsPath, path), at, at);
    };
    await make(`${sample.siteId}/r7`, old);
    await make(`${sample.siteId}/r8`, new Date());
    await make(`${damaged.siteId}/r7`, old);
    expect(await run(true)).toEqual({ ...nothing, leftovers: 1 });
    expect(await run()).toEqual({ ...nothing, leftovers: 1 });
    expect((await readdir(join(previewsPath, sample.siteId))).filter((name) => name.startsWith("r")).sort()).toEqual([
      "r1",
      "r8",
    ]);
    expect(await readdir(join(previewsPath, damaged.siteId))).toContain("r7");
  });

  test("of many workers one prunes, and none again within the hour", async () => {
    const turns = await Promise.all(Array.from({ length: 8 }, () => claimTurn(db)));
    expect(turns.filter(Boolean)).toHaveLength(1);
    expect(await claimTurn(db)).toBe(false);
    await db.query(sql`update schedules set due_at = now() - interval '1 second'`);
    expect(await claimTurn(db)).toBe(true);
  });
});
