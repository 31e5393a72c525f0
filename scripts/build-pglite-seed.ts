/**
 * Writes `src/db/pglite-seed.tar.zst`: a data directory with every migration applied, as a compressed archive.
 * Run it after changing the version of PGlite or adding a migration: `bun scripts/build-pglite-seed.ts`.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { $ } from "bun";
import { migrate } from "../src/db/migrate.ts";
import { openPglite } from "../src/db/pglite.ts";

const target = "src/db/pglite-seed.tar.zst";
const directory = await mkdtemp(join(tmpdir(), "orchestrator-seed-"));
const files = join(directory, "pgdata");

// What is unpacked at everybody's first start is kept small: a log of 1 MB segments, and no second and third database.
const database = await PGlite.create(files, {
  initDbStartParams: ["--wal-segsize=1"],
  startParams: [...PGlite.defaultStartParams, "-c", "min_wal_size=2MB", "-c", "max_wal_size=2MB"],
});
for (const template of ["template0", "template1"]) {
  await database.exec(`alter database ${template} is_template false`);
  await database.exec(`drop database ${template}`);
}
await database.exec("vacuum (full, freeze)");
await database.close();
{
  await using migrated = await openPglite(directory);
  await migrate(migrated);
}
// Closed before it is packed: a directory in use would be repaired, as after a crash, at everybody's first start.
const archive = await $`tar --sort=name --owner=0 --group=0 --numeric-owner -C ${files} -c .`.arrayBuffer();
const compressed = await Bun.zstdCompress(archive, { level: 19 });
await Bun.write(target, compressed);
await rm(directory, { recursive: true });
console.log(`${target}: ${compressed.length} bytes, unpacked ${archive.byteLength}`);
