/**
 * Writes `src/db/pglite-seed.tar.zst`: the data directory that PGlite's `initdb` makes, as a compressed archive.
 * Run it after changing the version of PGlite: `bun scripts/build-pglite-seed.ts`.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";

const directory = await mkdtemp(join(tmpdir(), "orchestrator-seed-"));
const database = await PGlite.create(join(directory, "pgdata"));
const archive = await database.dumpDataDir("none");
await database.close();
const compressed = await Bun.zstdCompress(await archive.bytes(), { level: 19 });
await Bun.write("src/db/pglite-seed.tar.zst", compressed);
await rm(directory, { recursive: true });
console.log(`src/db/pglite-seed.tar.zst: ${compressed.length} bytes`);
