import type { AcceptedUpdate } from "../jobs/accept-update.ts";

/** What follows from an update. */
export type Response = Partial<Omit<AcceptedUpdate, "updateId" | "kind">>;

/** What the operator decided about people. */
export interface Rules {
  /** `undefined` lets everyone in. */
  allowedUsers: ReadonlySet<number> | undefined;
  /** Operators, by numeric id. */
  adminUsers?: ReadonlySet<number> | undefined;
  /** Finished pages per person and day. */
  dailyLimit?: number | undefined;
}
