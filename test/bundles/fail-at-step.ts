/**
 * Run as a process of its own: publishes, or takes down, and meets a fault at the n-th call of the
 * file system. `die` ends the process there and then, as `kill -9` would; an error code makes the call fail.
 * Prints how the work ended, and whether the fault was met; nothing when it died.
 */
import { mock } from "bun:test";
import * as files from "node:fs/promises";
import { isJobId, isSiteId } from "../../src/ids.ts";
import { createRevision } from "./sample-revision.ts";

const [action, root = "", siteId, jobId, fault = "", step] = process.argv.slice(2);
if (!isSiteId(siteId) || !isJobId(jobId)) throw new TypeError("a site and a job are needed");
let left = Number(step);

function meetFault(name: string) {
  left--;
  if (left !== 0) return;
  if (fault === "die") process.kill(process.pid, "SIGKILL");
  throw Object.assign(new Error(`${fault}: injected`), { code: fault, syscall: name });
}

// biome-ignore lint/suspicious/noExplicitAny: stands in for functions of every shape
type Callable = (...given: any[]) => any;

function wrap<T extends Callable>(name: string, original: T): Callable {
  return async (...given: Parameters<T>) => {
    meetFault(name);
    const result = await original(...given);
    return name === "open" ? wrapHandle(result) : result;
  };
}

function wrapHandle(handle: files.FileHandle): files.FileHandle {
  return new Proxy(handle, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      const bound = value.bind(target) as Callable;
      // A descriptor that is not closed would be the test's own leak.
      return name === "close" ? bound : wrap(String(name), bound);
    },
  });
}

const wrapped = Object.fromEntries(
  Object.entries({ ...files }).map(([name, value]) => [
    name,
    typeof value === "function" ? wrap(name, value as Callable) : value,
  ]),
);
mock.module("node:fs/promises", () => wrapped);

const { publishRevision } = await import("../../src/bundles/publish-revision.ts");
const { removeSite } = await import("../../src/bundles/remove-site.ts");
try {
  if (action === "publish") await publishRevision(root, createRevision({ siteId, jobId, revision: 2 }));
  else await removeSite(root, siteId, "taken_down");
  process.stdout.write(left > 0 ? "untouched" : "done");
} catch (error) {
  process.stdout.write(error instanceof Error ? error.name : "not an error");
}
