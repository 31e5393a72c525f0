import { sql } from "drizzle-orm";

/**
 * Until its confirm is recorded, a job taken for publishing is due again after this time: who took it may have died, so
 * that its message was perhaps never sent.
 */
export const confirmWithin = sql`interval '15 seconds'`;
