import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";
import type { SiteId } from "../ids.ts";

/** Those who run the installation: any site is theirs to change. */
const operators = ["api", "terminal"];

/** Condition on `sites`: the site, if it is still there and the tenant may make a further revision of it. */
export function editableSite(siteId: SiteId, tenant: string): SQL {
  const owned = operators.includes(tenant) ? sql`` : sql` and sites.tenant = ${tenant}::text`;
  return sql`sites.id = ${siteId}::text and sites.removal is null${owned}`;
}

export async function isEditable(db: Database, siteId: SiteId, tenant: string): Promise<boolean> {
  const rows = await db.query(sql`select id from sites where ${editableSite(siteId, tenant)}`);
  return rows.length > 0;
}
