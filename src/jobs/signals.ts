import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../db/database.ts";

/**
 * What processes tell each other through the database's NOTIFY. Signals only make things faster: each one that is
 * lost is found by a poll.
 */
export type Signal =
  /** A job changed its status or stage. */
  | "changed"
  /** Somebody wants a running job stopped. */
  | "cancel"
  /** A notification waits to be sent. The id is the chat's. */
  | "notification"
  /** A site is to be taken away. */
  | "removal";

const channel = "orchestrator";

/** Part of a statement that sends `signal` about `id` when the statement commits. */
export function notify(signal: Signal, id: SQL): SQL {
  return sql`pg_notify(${sql.raw(`'${channel}'`)}, ${sql.raw(`'${signal}:'`)} || ${id})`;
}

export interface Signals extends AsyncDisposable {
  /** @param listener Also called with `undefined` when signals may have been missed. */
  on(signal: Signal, listener: (id: string | undefined) => void): Disposable;
}

/** One LISTEN for the whole process. */
export async function openSignals(db: Database): Promise<Signals> {
  const listeners = new Map<Signal, Set<(id: string | undefined) => void>>();
  const tell = (signal: string, id: string | undefined) => {
    for (const listener of listeners.get(signal as Signal) ?? []) listener(id);
  };
  const subscription = await db.listen(
    channel,
    (payload) => {
      const colon = payload.indexOf(":");
      tell(payload.slice(0, colon), payload.slice(colon + 1));
    },
    () => {
      for (const signal of listeners.keys()) tell(signal, undefined);
    },
  );
  return {
    on(signal, listener) {
      const set = listeners.get(signal) ?? new Set();
      listeners.set(signal, set.add(listener));
      return { [Symbol.dispose]: () => void set.delete(listener) };
    },
    [Symbol.asyncDispose]: () => subscription[Symbol.asyncDispose](),
  };
}
