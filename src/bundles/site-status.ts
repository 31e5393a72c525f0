import { link, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isJobId, type JobId, type SiteId } from "../ids.ts";
import { createTemporaryName } from "./durable-write.ts";
import { isRecord } from "./manifest.ts";
import { IrregularFileError, readRegularFile } from "./read-regular-file.ts";
import { getErrorCode, isAbsent } from "./storage.ts";

const maxStatusBytes = 4096;
const livePattern = /^\.live-[0-9a-f-]{36}$/;

/** Directories of pages being written. Like all names with a dot they are no part of a bundle. */
export const livePrefix = ".live-";

/**
 * `status.json`: what becomes of a site's next revision, for the preview server, which has no database. A hint: it is
 * replaced in one step, not synced, and may be missing. What is published, `site.json` alone decides.
 */
export type SiteStatus = { jobId: JobId /** Since when. */; at: Date } & (
  | { state: "queued" | "retrying" | "cancelled" }
  | {
      state: "writing";
      /** Name of the page's directory, beside this file. */
      live: string;
      /** The published page is being changed: nothing need grow. */
      changes?: boolean | undefined;
    }
  | { state: "failed" /** Stable code of the reason, as in the job. */; code: string }
);

/** Undefined if there is none, or none that makes sense. */
export async function readSiteStatus(root: string, siteId: SiteId): Promise<SiteStatus | undefined> {
  try {
    const bytes = await readRegularFile(root, `${siteId}/status.json`, maxStatusBytes);
    return parseStatus(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (error) {
    if (isAbsent(error) || error instanceof IrregularFileError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export async function writeSiteStatus(root: string, siteId: SiteId, status: SiteStatus): Promise<void> {
  const temporary = join(root, siteId, createTemporaryName());
  try {
    await writeFile(temporary, formatStatus(status), { flag: "wx" });
    await rename(temporary, join(root, siteId, "status.json"));
  } catch (error) {
    // A full disk takes the name and not the content.
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * Says that a job waits, unless something newer is known of its site: a worker may have begun, or the site be gone.
 *
 * @returns Whether it says so now.
 */
export async function announceQueued(root: string, siteId: SiteId, jobId: JobId, at: Date): Promise<boolean> {
  const status = await readSiteStatus(root, siteId);
  if (status?.jobId === jobId) return status.state === "queued";
  if (status && (status.at >= at || status.state === "writing")) return false;
  const directory = join(root, siteId);
  await mkdir(directory, { recursive: true });
  if (status) {
    await writeSiteStatus(root, siteId, { jobId, at, state: "queued" });
    return true;
  }
  const temporary = join(directory, createTemporaryName());
  try {
    await writeFile(temporary, formatStatus({ jobId, at, state: "queued" }), { flag: "wx" });
    await link(temporary, join(directory, "status.json"));
    return true;
  } catch (error) {
    if (getErrorCode(error) === "EEXIST") return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

export async function removeSiteStatus(root: string, siteId: SiteId): Promise<void> {
  await rm(join(root, siteId, "status.json"), { force: true });
}

function formatStatus(status: SiteStatus): string {
  return `${JSON.stringify({ version: 1, ...status })}\n`;
}

function parseStatus(value: unknown): SiteStatus | undefined {
  if (!isRecord(value) || value["version"] !== 1) return undefined;
  const { jobId, state, live, code, changes } = value;
  const at = new Date(typeof value["at"] === "string" ? value["at"] : Number.NaN);
  if (!isJobId(jobId) || Number.isNaN(at.getTime())) return undefined;
  if (state === "queued" || state === "retrying" || state === "cancelled") return { jobId, at, state };
  if (state === "writing" && typeof live === "string" && livePattern.test(live))
    return { jobId, at, state, live, changes: changes === true };
  if (state === "failed" && typeof code === "string") return { jobId, at, state, code };
  return undefined;
}
