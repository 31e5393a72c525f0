import type { ChannelModel, ConfirmChannel } from "amqplib";
import { QueueError } from "../../errors.ts";
import { orAborted, reconnectDelayMs, sleep } from "../wait.ts";
import type { Link } from "./link.ts";

const setUpTimeoutMs = 10_000;
const closeTimeoutMs = 1_000;

export interface ChannelUser {
  /** Declares, subscribes. Runs on every new channel. */
  setUp(channel: ConfirmChannel): Promise<void>;
  /** Uses the channel until it is lost or has served its purpose. It is closed afterwards. */
  live(channel: ConfirmChannel, lost: Promise<void>, connection: ChannelModel): Promise<void>;
  /** Waiting does not help: the broker refuses us or our topology. May throw to give up. */
  refused(error: QueueError): void;
}

/**
 * Keeps a channel on `link` in use: whenever channel or connection is lost, `user` gets a new one, until `signal` aborts.
 *
 * @throws Only what `user.refused` throws.
 */
export async function keepChannel(link: Link, user: ChannelUser, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      const connection = await link.connection(signal);
      if (connection === undefined) return;
      if (await runOnce(link, connection, user)) failures = 0;
    } catch (error) {
      if (!(error instanceof QueueError)) throw error;
      user.refused(error);
    }
    failures++;
    await sleep(reconnectDelayMs(failures), signal);
  }
}

/** @returns Whether the set-up succeeded. */
async function runOnce(link: Link, connection: ChannelModel, user: ChannelUser): Promise<boolean> {
  const lost = Promise.withResolvers<void>();
  let channel: ConfirmChannel | undefined;
  try {
    channel = await orAborted(prepare(connection, user, lost.resolve), AbortSignal.timeout(setUpTimeoutMs));
  } catch (error) {
    if (error instanceof QueueError) throw error;
  }
  if (channel === undefined) {
    // A connection that cannot even be set up is dead, or will be noticed dead much later.
    link.drop(connection);
    return false;
  }
  await user.live(channel, lost.promise, connection);
  await orAborted(channel.close(), AbortSignal.timeout(closeTimeoutMs)).catch(() => {});
  return true;
}

async function prepare(connection: ChannelModel, user: ChannelUser, onLost: () => void): Promise<ConfirmChannel> {
  const channel = await connection.createConfirmChannel();
  // Without a listener an error would end the process; `close` always follows it.
  channel.on("error", () => {});
  channel.on("close", onLost);
  await user.setUp(channel);
  return channel;
}
