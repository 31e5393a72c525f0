import jobs from "../../migrations/0001_jobs.sql" with { type: "text" };
import operations from "../../migrations/0002_operations.sql" with { type: "text" };
import edits from "../../migrations/0003_edits.sql" with { type: "text" };
import conversation from "../../migrations/0004_conversation.sql" with { type: "text" };
import pictures from "../../migrations/0005_pictures.sql" with { type: "text" };
import line from "../../migrations/0006_line.sql" with { type: "text" };

export interface Migration {
  /** File name without `.sql`; the order of the names is the order of application. */
  name: string;
  sql: string;
}

/** Every file of `migrations/`, compiled into the binary. Forward only: a published file never changes. */
export const migrations: readonly Migration[] = [
  { name: "0001_jobs", sql: jobs },
  { name: "0002_operations", sql: operations },
  { name: "0003_edits", sql: edits },
  { name: "0004_conversation", sql: conversation },
  { name: "0005_pictures", sql: pictures },
  { name: "0006_line", sql: line },
];
