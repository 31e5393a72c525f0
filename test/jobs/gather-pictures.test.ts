import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import pino from "pino";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { createJobId, type JobId } from "../../src/ids.ts";
import { claimJob } from "../../src/jobs/claim-job.ts";
import type { ClaimedJob } from "../../src/jobs/claimed-job.ts";
import { gatherPictures } from "../../src/jobs/gather-pictures.ts";
import { findJobPictures } from "../../src/jobs/job-pictures.ts";
import { submitJob } from "../../src/jobs/submit-job.ts";
import { carryPicture } from "../../src/pictures/carried-picture.ts";
import { type Picture, PictureError } from "../../src/pictures/picture.ts";
import { createPictureSupply } from "../../src/roles/picture-supply.ts";
import { createIntake } from "../../src/telegram/intake.ts";
import { databases, empty } from "../helpers/database.ts";
import { bob, bot, group, message, text } from "../helpers/update.ts";

const logger = pino({ level: "silent" });
let db: Database;

async function take(body: Record<string, unknown>): Promise<JobId | undefined> {
  const intake = createIntake({ db, logger, bot: { id: bot.id, username: bot.username }, allowedUsers: undefined });
  const result = await intake.take(body);
  return result.kind === "accepted" ? result.jobId : undefined;
}

async function picturesOf(jobId: JobId | undefined): Promise<string[]> {
  if (jobId === undefined) throw new Error("no job");
  return findJobPictures(db, jobId);
}

function photo(fileId: string, content: Record<string, unknown> = {}): Record<string, unknown> {
  const sizes = [
    { file_id: `${fileId}-small`, width: 90, height: 60 },
    { file_id: fileId, width: 1280, height: 960 },
    { file_id: `${fileId}-middle`, width: 320, height: 240 },
  ];
  return message({ photo: sizes, ...content });
}

describe.each(databases("pictures of jobs"))("$name", ({ open }) => {
  beforeAll(async () => {
    db = await open();
    await migrate(db);
  }, 60_000);
  afterAll(() => db[Symbol.asyncDispose]());
  beforeEach(() => empty(db));

  describe("a job has", () => {
    test("the photo whose caption it is made of, in its largest size", async () => {
      expect(await picturesOf(await take(photo("a", { caption: "a page" })))).toEqual(["a"]);
    });

    test("a logo that was sent as a file, and no file that is none", async () => {
      const logo = { file_id: "logo", mime_type: "image/png", file_name: "logo.png" };
      expect(await picturesOf(await take(message({ document: logo, caption: "a page" })))).toEqual(["logo"]);
      const menu = { file_id: "menu", mime_type: "application/pdf", file_name: "menu.png" };
      expect(await picturesOf(await take(message({ document: menu, caption: "a page" })))).toEqual([]);
    });

    test.each(["first", "last"])(
      "every picture of an album whose caption comes %s, and waits for them",
      async (place) => {
        const parts = ["a", "b", "c"].map((id) => photo(id, { media_group_id: "7" }));
        const captioned = parts[place === "first" ? 0 : 2]?.["message"] as Record<string, unknown>;
        captioned["caption"] = "a page";
        const jobs: (JobId | undefined)[] = [];
        for (const part of parts) jobs.push(await take(part));
        const made = jobs.filter((id) => id !== undefined);
        expect(made).toHaveLength(1);
        expect(await picturesOf(made[0])).toEqual(["a", "b", "c"]);
        const [row] = await db.query<{ waits: boolean }>(sql`select available_at > created_at as waits from jobs`);
        expect(row?.waits).toBe(true);
        await db.query(sql`update jobs set available_at = now() - interval '1 second'`);
        await take(photo("d", { media_group_id: "7" }));
        const [late] = await db.query<{ waits: boolean }>(sql`select available_at > now() as waits from jobs`);
        expect(late?.waits).toBe(true);
      },
    );

    test("the pictures that a terminal sent with it, in order, and a rebuild has them too", async () => {
      const pictures = [carryPicture(new Uint8Array([1, 2])), carryPicture(new Uint8Array([3]))];
      const { jobId, siteId } = await submitJob(db, { prompt: "a page", tenant: "terminal", pictures });
      expect(await picturesOf(jobId)).toEqual(pictures);
      const supply = createPictureSupply();
      const bytes = await Promise.all(pictures.map((one) => supply.download(one, new AbortController().signal)));
      expect(bytes.map((one) => [...one])).toEqual([[1, 2], [3]]);
      await db.query(sql`update sites set current_revision = 1`);
      const again = await submitJob(db, { prompt: "a page", tenant: "terminal", rebuild: siteId });
      expect(await picturesOf(again.jobId)).toEqual(pictures);
    });

    test("a picture that was shown before without words", async () => {
      expect(await take(photo("a"))).toBeUndefined();
      expect(await picturesOf(await take(text("a page")))).toEqual(["a"]);
      expect(await picturesOf(await take(text("another page")))).toEqual([]);
    });

    test("the person's own picture that the prompt answers, once", async () => {
      const shown = photo("a");
      await take(shown);
      expect(await picturesOf(await take(message({ text: "a page", reply_to_message: shown["message"] })))).toEqual([
        "a",
      ]);
    });

    test("all pictures of an album in a group, of which one calls the bot", async () => {
      const caption = "@site_builder_bot a page";
      const entities = [{ type: "mention", offset: 0, length: 17 }];
      const album = { chat: group, media_group_id: "8" };
      const jobId = await take(photo("a", { ...album, caption, caption_entities: entities }));
      await take(photo("b", album));
      expect(await picturesOf(jobId)).toEqual(["a", "b"]);
    });

    test("when it begins its site anew, the pictures of the jobs before", async () => {
      const first = await take(photo("a", { caption: "a page" }));
      const again = createJobId();
      await db.query(sql`
        insert into jobs (id, site_id, tenant, prompt, created_at)
        select ${again}::uuid, site_id, tenant, prompt, created_at + interval '1 second' from jobs where id = ${first ?? ""}::uuid`);
      expect(await picturesOf(again)).toEqual(["a"]);
    });
  });

  describe("a job does not have", () => {
    test("somebody else's picture, or one of another chat", async () => {
      await take(photo("a", { from: bob, chat: { id: bob.id, type: "private" } }));
      await take(
        photo("b", {
          chat: group,
          caption: "@site_builder_bot",
          caption_entities: [{ type: "mention", offset: 0, length: 17 }],
        }),
      );
      expect(await picturesOf(await take(text("a page")))).toEqual([]);
    });

    test("a picture that was shown long ago", async () => {
      await take(photo("a"));
      await db.query(sql`update pictures set received_at = now() - interval '11 minutes'`);
      expect(await picturesOf(await take(text("a page")))).toEqual([]);
    });

    test("talk's pictures in a group", async () => {
      await take(photo("a", { chat: group, media_group_id: "9" }));
      await take(photo("b", { chat: group, media_group_id: "9" }));
      expect(await db.query(sql`select from pictures`)).toEqual([]);
    });

    test("a picture twice, when its update is delivered again", async () => {
      const body = photo("a", { caption: "a page" });
      const jobId = await take(body);
      expect(await take(body)).toBe(jobId);
      expect(await db.query(sql`select from pictures`)).toHaveLength(1);
    });

    test.each([
      [[{ file_id: "x/../y", width: 1, height: 1 }]],
      [[{ file_id: 7 }]],
      ["x"],
      [[null]],
      [[{ file_id: "x".repeat(300) }]],
    ])("a picture whose id cannot be one: %j", async (sizes) => {
      expect(await picturesOf(await take(message({ photo: sizes, caption: "a page" })))).toEqual([]);
    });
  });

  describe("gathering", () => {
    const shown: Picture = { variants: [{ width: 2, height: 1, bytes: new Uint8Array([1]) }] };

    async function claim(): Promise<ClaimedJob> {
      const job = await claimJob(db, { name: "w", lockKey: 1, provider: "mock" }, { redelivered: false });
      if (job === undefined) throw new Error("not claimed");
      return job;
    }

    async function tells(): Promise<unknown[]> {
      return db.query(sql`select chat_id::int, kind, payload from notifications where kind = 'pictures_unused'`);
    }

    test("gives the pictures in order, and tells once which could not be used", async () => {
      for (const id of ["a", "b", "c", "d"]) await take(photo(id));
      await take(text("a page"));
      const job = await claim();
      const supply = {
        async download(fileId: string) {
          if (fileId === "b") throw new PictureError("unavailable");
          return Buffer.from(fileId);
        },
        async prepare(bytes: Uint8Array) {
          if (String(bytes) === "d") throw new PictureError("too_large");
          return { ...shown, name: String(bytes) };
        },
      };
      const gather = () => gatherPictures(db, supply, job, new AbortController().signal);
      expect(await gather()).toEqual([
        { ...shown, name: "a", alt: "" },
        { ...shown, name: "c", alt: "" },
      ] as never);
      await gather();
      const unused = [
        { number: 2, problem: "unavailable" },
        { number: 4, problem: "too_large" },
      ];
      expect(await tells()).toEqual([{ chat_id: 700, kind: "pictures_unused", payload: { unused } }]);
    });

    test("stops when the job does", async () => {
      await take(photo("a", { caption: "a page" }));
      const stop = new AbortController();
      const supply = {
        download: () => {
          stop.abort(new Error("cancelled"));
          return Promise.reject(new PictureError("unavailable"));
        },
        prepare: () => Promise.reject(new Error("nothing to prepare")),
      };
      await expect(gatherPictures(db, supply, await claim(), stop.signal)).rejects.toThrow("cancelled");
      expect(await tells()).toEqual([]);
    });
  });
});
