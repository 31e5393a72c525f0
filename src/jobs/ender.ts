import type { Database } from "../db/database.ts";
import { answerTogether } from "./answer-together.ts";
import { type Ending, endAttempts, mostEnded } from "./end-attempt.ts";

/** Closes an attempt. Resolves to whether the job was still ours. */
export type End = (ending: Ending) => Promise<boolean>;

/**
 * Closes the attempts of one worker. Those that end while others are being closed are closed together, by the next
 * statement. One that the database refuses does not keep the others from it.
 */
export function createEnder(db: Database): End {
  return answerTogether(mostEnded, async (endings: Ending[]) => {
    try {
      return await endAttempts(db, endings);
    } catch (error) {
      if (endings.length === 1) throw error;
      return endings.map(async (ending) => (await endAttempts(db, [ending]))[0] === true);
    }
  });
}
