import { Database as Sqlite } from "bun:sqlite";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseError } from "../errors.ts";

/**
 * Takes a data directory for this process until disposed.
 *
 * PGlite has no lock of its own and two processes corrupt it. The lock is SQLite's, on an empty file: the operating
 * system frees it the moment the process dies, and a recycled process id cannot be mistaken for the owner.
 *
 * @throws {DatabaseError} Naming the process that has the directory.
 */
export function lockDataDirectory(directory: string): Disposable {
  const owner = join(directory, "owner.json");
  const lock = openLock(directory);
  try {
    lock.run("PRAGMA busy_timeout = 0");
    lock.run("BEGIN EXCLUSIVE");
  } catch (cause) {
    lock.close();
    throw new DatabaseError(
      `The data directory ${directory} is in use by ${describeOwner(owner)}. Stop that process, or choose another directory with --data-dir.`,
      { cause },
    );
  }
  writeFileSync(owner, JSON.stringify({ pid: process.pid, since: new Date().toISOString() }), { mode: 0o600 });
  return { [Symbol.dispose]: () => lock.close() };
}

function openLock(directory: string): Sqlite {
  try {
    return new Sqlite(join(directory, "lock"), { create: true });
  } catch (cause) {
    throw new DatabaseError(`The data directory ${directory} cannot be written. Choose another with --data-dir.`, {
      cause,
    });
  }
}

function describeOwner(file: string): string {
  try {
    const { pid, since } = JSON.parse(readFileSync(file, "utf8")) as { pid: number; since: string };
    return `process ${pid} (since ${since})`;
  } catch {
    return "another process";
  }
}
