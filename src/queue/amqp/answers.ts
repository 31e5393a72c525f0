import type { Channel, ConsumeMessage } from "amqplib";

/** What becomes of the messages of one channel. Every message that came on it has to be told of, and answered once. */
export interface Answers {
  came(message: ConsumeMessage): void;
  /** It is done with. Resolves when that was said. */
  ack(message: ConsumeMessage): Promise<void>;
  /** Back to the queue, which counts against its delivery limit on every version; {@link release} does not since 4.3. */
  reject(message: ConsumeMessage): void;
  /** Back to the queue, untouched. */
  release(message: ConsumeMessage): void;
}

/**
 * Messages that are done with in the same turn of the event loop are acknowledged together, up to the first that is still
 * being handled. To the broker that is one command, and one round in which it sends the next: half the work for both sides
 * when jobs end together.
 */
export function createAnswers(channel: Channel): Answers {
  /** Delivery tags, in the order in which they came. */
  const unanswered = new Set<number>();
  let done = new Map<number, ConsumeMessage>();
  let saying: Promise<void> | undefined;

  async function sayDone(): Promise<void> {
    await new Promise(setImmediate);
    const acked = done;
    done = new Map();
    saying = undefined;
    let last: ConsumeMessage | undefined;
    for (const tag of unanswered) {
      const message = acked.get(tag);
      if (message === undefined) break;
      last = message;
      acked.delete(tag);
      unanswered.delete(tag);
    }
    if (last) send(() => channel.ack(last, true));
    for (const [tag, message] of acked) {
      unanswered.delete(tag);
      send(() => channel.ack(message));
    }
  }

  function back(message: ConsumeMessage, say: () => void): void {
    unanswered.delete(message.fields.deliveryTag);
    send(say);
  }

  return {
    came(message) {
      unanswered.add(message.fields.deliveryTag);
    },
    ack(message) {
      done.set(message.fields.deliveryTag, message);
      saying ??= sayDone();
      return saying;
    },
    reject: (message) => back(message, () => channel.reject(message, true)),
    release: (message) => back(message, () => channel.nack(message, false, true)),
  };
}

/** On a channel that is gone this throws. The broker has taken the message back by then, and delivers it again. */
function send(say: () => void): void {
  try {
    say();
  } catch {}
}
