import { sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import type { SiteId } from "../ids.ts";
import { countTowardsLimit } from "../jobs/daily-limit.ts";
import type { Notification } from "../jobs/notifier.ts";
import { obeyAdmin } from "./admin/obey-admin.ts";
import { asInteger, asString } from "./json-object.ts";

/** What a message says beyond what was recorded with it, as it is at the moment it is sent. */
export interface Facts {
  site?: SiteFacts | undefined;
  list?: { total: number; page: number; sites: SiteFacts[] };
  /** What came of an operator's command. */
  admin?: string | undefined;
  /** Pages that the person may still have today; `undefined` without a limit. */
  left?: number | undefined;
}

export interface SiteFacts {
  id: SiteId;
  title: string;
  revision: number;
}

/** Sites shown at once in the list. */
export const pageSize = 6;

const aboutSite = new Set([
  "site",
  "change",
  "own_version",
  "change_or_new",
  "download",
  "delete_sure",
  "deleted",
  "zip",
  "file",
]);

export async function loadFacts(
  db: Database,
  notification: Notification,
  dailyLimit: number | undefined,
): Promise<Facts> {
  const { kind, siteId, jobId, payload } = notification;
  if (kind === "admin") return { admin: await obeyAdmin(db, notification) };
  if (aboutSite.has(kind)) return { site: siteId && (await findSite(db, siteId)) };
  if (kind === "sites")
    return { list: await listSites(db, asString(payload["tenant"]) ?? "", asInteger(payload["page"]) ?? 0) };
  if (dailyLimit !== undefined && kind === "completed" && jobId !== undefined) {
    const [row] = await db.query<{ used: number }>(
      sql`select ${countTowardsLimit(sql`j.tenant`)} as used from jobs j where j.id = ${jobId}::uuid and j.tenant like 'telegram:%'`,
    );
    return { left: row && Math.max(dailyLimit - row.used, 0) };
  }
  return {};
}

async function findSite(db: Database, id: SiteId): Promise<SiteFacts | undefined> {
  const [row] = await db.query<SiteFacts>(
    sql`select id, coalesce(title, '') as title, coalesce(current_revision, 0) as revision from sites where id = ${id}::text`,
  );
  return row;
}

async function listSites(db: Database, tenant: string, page: number): Promise<NonNullable<Facts["list"]>> {
  const mine = sql`from sites where tenant = ${tenant}::text and current_revision is not null and removal is null`;
  const [count] = await db.query<{ total: number }>(sql`select count(*)::int as total ${mine}`);
  const total = count?.total ?? 0;
  const shown = Math.min(page, Math.max(Math.ceil(total / pageSize) - 1, 0));
  const sites = await db.query<SiteFacts>(sql`
    select id, coalesce(title, '') as title, current_revision as revision ${mine}
    order by updated_at desc, id limit ${pageSize}::int offset ${shown * pageSize}::int`);
  return { total, page: shown, sites };
}
