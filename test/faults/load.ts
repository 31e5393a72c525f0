import type { End, Stage } from "./stage.ts";

export interface LoadOptions {
  everyMs: number;
  signal: AbortSignal;
  /** Source of the mixture, in [0, 1). */
  random?: () => number;
  end?: End;
}

/**
 * Jobs by the API and from thirty chats, until `signal` aborts; then waits until the last is accepted. Each is offered
 * again until it is: what is still under way never holds up the next.
 */
export async function offerLoad(stage: Stage, options: LoadOptions): Promise<void> {
  const { everyMs, signal, random = Math.random, end } = options;
  const offers: Promise<unknown>[] = [];
  while (!signal.aborted) {
    const chat = Math.floor(random() * 60);
    offers.push(chat < 30 ? stage.say(90_000 + chat, end) : stage.submit(undefined, end));
    await Bun.sleep(everyMs);
  }
  await Promise.all(offers);
}
