import { orAborted } from "../queue/wait.ts";

/** Who may run beside whom in one worker. */
export interface Isolation {
  /** Resolves when nobody here is or wants to be alone: until then no other job is claimed. */
  open(signal: AbortSignal): Promise<void>;
  /**
   * Resolves when the job may run; it does until disposed.
   *
   * @param alone Not before all others have ended, and none begins until it has.
   */
  enter(options: { alone: boolean }, signal: AbortSignal): Promise<Disposable>;
}

/**
 * A process that dies takes all its jobs with it, and which of them was the cause nobody can tell. Where it matters, a
 * job therefore runs alone. All waits reject with the reason of `signal` when that aborts.
 */
export function createIsolation(): Isolation {
  let running = 0;
  let wanted = 0;
  let occupied = false;
  let change = Promise.withResolvers<void>();

  function changed(): void {
    change.resolve();
    change = Promise.withResolvers();
  }

  /** @param take Looks and takes at once: others wake in the same moment. */
  async function until(take: () => boolean, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    while (!take()) {
      await orAborted(change.promise, signal);
      signal.throwIfAborted();
    }
  }

  async function enterAlone(signal: AbortSignal): Promise<Disposable> {
    wanted++;
    const leave = () => {
      wanted--;
      changed();
    };
    try {
      await until(() => {
        const free = running === 0 && !occupied;
        if (free) occupied = true;
        return free;
      }, signal);
    } catch (error) {
      leave();
      throw error;
    }
    return {
      [Symbol.dispose]() {
        occupied = false;
        leave();
      },
    };
  }

  return {
    open: (signal) => until(() => wanted === 0, signal),
    async enter({ alone }, signal) {
      if (alone) return enterAlone(signal);
      // One that was being claimed when somebody asked to be alone goes first.
      await until(() => {
        if (!occupied) running++;
        return !occupied;
      }, signal);
      return {
        [Symbol.dispose]() {
          running--;
          changed();
        },
      };
    },
  };
}
