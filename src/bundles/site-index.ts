import { join } from "node:path";
import { StorageError } from "../errors.ts";
import { isJobId, type JobId, type SiteId } from "../ids.ts";
import { replaceFile } from "./durable-write.ts";
import { isRecord, isRevision } from "./manifest.ts";
import { readRegularFile } from "./read-regular-file.ts";
import type { StillHeld } from "./site-lock.ts";
import { ifExists } from "./storage.ts";

/** Some forty thousand revisions. */
const maxIndexBytes = 4 * 1024 * 1024;

const goneReasons = ["expired", "deleted", "taken_down"] as const;

/** Why a site answers 410. */
export type GoneReason = (typeof goneReasons)[number];

/** `site.json`: what of a site is visible. A revision that is not listed does not exist for anybody. */
export type SiteIndex = LiveSite | GoneSite;

export interface LiveSite {
  state: "live";
  /** The revision under the site's own address: the highest ever listed. */
  current: number;
  revisions: readonly { revision: number; jobId: JobId }[];
  /** From then on the site answers 410, whether or not its files are still there. */
  expiresAt?: Date;
}

interface GoneSite {
  state: "gone";
  reason: GoneReason;
  at: Date;
}

/** Whether a site answers 410: removed, or past its expiry. */
export function hasEnded(index: SiteIndex): boolean {
  return index.state === "gone" || (index.expiresAt !== undefined && index.expiresAt.getTime() <= Date.now());
}

/**
 * Undefined for a site that never published anything.
 *
 * @throws {StorageError} If the index is damaged, {@link IrregularFileError} if it is not a plain file.
 */
export async function readSiteIndex(root: string, siteId: SiteId): Promise<SiteIndex | undefined> {
  const bytes = await ifExists(readRegularFile(root, `${siteId}/site.json`, maxIndexBytes));
  return bytes && parseSiteIndex(new TextDecoder().decode(bytes));
}

/** @param stillHeld The caller holds the site's lock. */
export async function writeSiteIndex(
  root: string,
  siteId: SiteId,
  index: SiteIndex,
  stillHeld: StillHeld,
): Promise<void> {
  const content = `${JSON.stringify({ version: 1, ...index }, null, 2)}\n`;
  await replaceFile(join(root, siteId, "site.json"), content, stillHeld);
}

function parseSiteIndex(text: string): SiteIndex {
  const index = parseIndex(text);
  if (!index) throw new StorageError("A site.json in the previews directory is damaged: restore it from a backup.");
  return index;
}

function parseIndex(text: string): SiteIndex | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || value["version"] !== 1) return undefined;
  if (value["state"] === "gone") return parseGone(value);
  return value["state"] === "live" ? parseLive(value) : undefined;
}

function parseGone(value: Record<string, unknown>): GoneSite | undefined {
  const reason = goneReasons.find((known) => known === value["reason"]);
  const at = parseDate(value["at"]);
  return reason && at ? { state: "gone", reason, at } : undefined;
}

function parseLive(value: Record<string, unknown>): LiveSite | undefined {
  const { current, revisions: listed } = value;
  if (!isRevision(current) || !Array.isArray(listed)) return undefined;
  const revisions: { revision: number; jobId: JobId }[] = [];
  for (const entry of listed as unknown[]) {
    if (!isRecord(entry) || !isRevision(entry["revision"]) || !isJobId(entry["jobId"])) return undefined;
    revisions.push({ revision: entry["revision"], jobId: entry["jobId"] });
  }
  const live: LiveSite = { state: "live", current, revisions };
  if (value["expiresAt"] === undefined) return live;
  const expiresAt = parseDate(value["expiresAt"]);
  return expiresAt && { ...live, expiresAt };
}

function parseDate(value: unknown): Date | undefined {
  const date = new Date(typeof value === "string" ? value : Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
