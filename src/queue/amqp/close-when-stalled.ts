import type { Channel } from "amqplib";
import { sleep } from "../wait.ts";

export interface StallCheck {
  queue: string;
  /** Changes whenever a message arrives. */
  arrivals: () => number;
  /** Full slots: no message is expected. */
  busy: () => boolean;
  intervalMs: number;
  signal: AbortSignal;
}

/**
 * Closes a channel that gets nothing, with room for it, while messages wait in the queue: twice in a row at `intervalMs`.
 *
 * RabbitMQ 3.10 forgets a subscription without a word when a quorum queue is deleted and declared again within some
 * 50 ms: the consumer is still listed, holds its prefetch unacknowledged, and never receives a message. A new
 * channel is given them.
 */
export async function closeWhenStalled(channel: Channel, check: StallCheck): Promise<void> {
  const { queue, arrivals, busy, intervalMs, signal } = check;
  let stalls = 0;
  while (stalls < 2) {
    const before = arrivals();
    await sleep(intervalMs, signal);
    if (signal.aborted) return;
    const { messageCount } = await channel.checkQueue(queue);
    stalls = messageCount > 0 && arrivals() === before && !busy() ? stalls + 1 : 0;
  }
  await channel.close();
}
