import { existsSync } from "node:fs";
import { chmod, mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseError } from "../errors.ts";
import { lockDataDirectory } from "./data-directory.ts";
import { createQueries, type Database } from "./database.ts";
import { loadPgliteEngine } from "./pglite-engine.ts";
import seed from "./pglite-seed.tar.zst" with { type: "file" };

/** Postgres' number of the type `bigint`. `Number` is exact for every id we store. */
const int8 = 20;

/**
 * Postgres inside this process, its files under `dataDirectory`/pgdata.
 *
 * It survives `kill -9`, not a power cut: PGlite never fsyncs.
 *
 * @throws {DatabaseError} When another process has the directory, or it cannot be written.
 */
export async function openPglite(dataDirectory: string): Promise<Database> {
  await using opening = new AsyncDisposableStack();
  const engine = loadPgliteEngine();
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 }).catch((cause) => {
    throw new DatabaseError(
      `The data directory ${dataDirectory} cannot be created (${cause.code}). Choose another with --data-dir.`,
      { cause },
    );
  });
  opening.use(lockDataDirectory(dataDirectory));

  const files = join(dataDirectory, "pgdata");
  if (!existsSync(files)) await unpackSeed(files);
  const client = await engine.start(files);
  opening.defer(() => client.close());

  // There are no other sessions, so whoever was running when the last process ended is running no more.
  const resources = opening.move();
  return {
    kind: "pglite",
    ...createQueries({
      async run(text, params, rowMode) {
        try {
          const { rows } = await client.query(text, params, { rowMode, parsers: { [int8]: Number } });
          return rows as unknown[];
        } catch (cause) {
          const { code } = cause as { code?: string };
          throw new DatabaseError(
            `The embedded database in ${dataDirectory} refused a statement (SQLSTATE ${code ?? "unknown"}).`,
            { cause },
          );
        }
      },
    }),
    async script(text) {
      await client.exec(text);
    },
    async listen(channel, onMessage, onReady) {
      const unlisten = await client.listen(channel, onMessage);
      onReady();
      return { [Symbol.asyncDispose]: () => unlisten() };
    },
    // One process, one session: the lock on the data directory already says who lives.
    async holdLock() {
      return { async [Symbol.asyncDispose]() {} };
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/**
 * Lays out a data directory that `initdb` has already been run on: 0.15 s instead of 2.5 s.
 * Appears under its name only when whole, so a kill in the middle leaves nothing half made.
 */
async function unpackSeed(files: string): Promise<void> {
  const temporary = `${files}.new`;
  await rm(temporary, { recursive: true, force: true });
  const archive = await Bun.zstdDecompress(await Bun.file(seed).bytes());
  await new Bun.Archive(archive).extract(temporary);
  await chmod(temporary, 0o700);
  await rename(temporary, files);
}
