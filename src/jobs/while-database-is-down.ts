import { DatabaseError } from "../errors.ts";

const retryMs = 1000;

/**
 * Repeats `work` as long as only the database is at fault.
 *
 * @param signal Ends the patience: the next failure is thrown.
 */
export async function whileDatabaseIsDown<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DatabaseError) || signal.aborted) throw error;
      await Bun.sleep(retryMs);
    }
  }
}
