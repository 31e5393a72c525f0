import { sql } from "drizzle-orm";

/** Every waiting job is published again after this time, whatever is known of its message. */
export const republishAfter = sql`interval '10 minutes'`;
