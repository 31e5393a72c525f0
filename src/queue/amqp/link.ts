import { hostname } from "node:os";
import { type ChannelModel, connect } from "amqplib";
import { QueueError } from "../../errors.ts";
import type { Logger } from "../../logger.ts";
import type { QueueEvent, QueueRole } from "../queue.ts";
import { orAborted, reconnectDelayMs, sleep } from "../wait.ts";

const connectTimeoutMs = 5_000;
const closeTimeoutMs = 1_000;
const heartbeatSeconds = 10;

export interface LinkOptions {
  url: string;
  role: QueueRole;
  logger: Logger | undefined;
  onEvent: (event: QueueEvent) => void;
  onBlocked?: () => void;
  /** An attempt to connect failed, or the connection was lost. */
  onFailure?: () => void;
}

/** One connection that is always being kept or restored. Channels are not its business: they are lost with it. */
export interface Link extends AsyncDisposable {
  /**
   * The open connection, as soon as there is one; `undefined` when `signal` aborts first.
   *
   * @throws {QueueError} `refused` when the broker turns us down and has never let us in; the link goes on trying.
   */
  connection(signal: AbortSignal): Promise<ChannelModel | undefined>;
  /** Gives up on a connection that does not do its work, so that a new one is made. */
  drop(connection: ChannelModel): void;
  /** The broker has told us to stop publishing. */
  readonly blocked: boolean;
}

/**
 * Starts connecting, and never stops until disposed: a broker that is down is not an error here.
 *
 * amqplib's own `recovery` is not used: a failure inside its set-up is an uncaught exception, and it does not
 * bring channels back, so the better half of the work would remain.
 */
export function openLink({ url, role, logger, onEvent, onBlocked, onFailure }: LinkOptions): Link {
  const closing = new AbortController();
  let socket = new AbortController();
  let live: ChannelModel | undefined;
  let lost = Promise.withResolvers<Error | undefined>();
  let next = Promise.withResolvers<ChannelModel>();
  let blocked = false;
  let everConnected = false;
  let lastProblem = "";

  async function open(): Promise<ChannelModel> {
    socket = new AbortController();
    lost = Promise.withResolvers();
    // `signal` is passed on to the socket, where aborting destroys it: the only way to be rid of a broker that hangs.
    const socketOptions = { noDelay: true, keepAlive: true, timeout: connectTimeoutMs, signal: socket.signal };
    const clientProperties = { connection_name: `orchestrator ${role} ${hostname()}:${process.pid}` };
    const connection = await connect(url, { ...socketOptions, clientProperties });
    connection.on("error", lost.resolve);
    // A shutdown of the broker (320) closes without an error.
    connection.on("close", lost.resolve);
    connection.on("blocked", () => {
      blocked = true;
      logger?.warn({ role }, "RabbitMQ is short of memory or disk and blocks publishing");
      onBlocked?.();
    });
    connection.on("unblocked", () => {
      blocked = false;
      logger?.info({ role }, "RabbitMQ takes messages again");
    });
    return connection;
  }

  async function keep(): Promise<void> {
    let failures = 0;
    while (!closing.signal.aborted) {
      try {
        live = await open();
        if (closing.signal.aborted) return;
        failures = 0;
        everConnected = true;
        lastProblem = "";
        logger?.info({ role }, "connected to RabbitMQ");
        onEvent({ type: "connected", role });
        next.resolve(live);
        const reason = await lost.promise;
        if (closing.signal.aborted) return;
        onEvent({ type: "disconnected", role });
        report(reason?.message ?? "closed by the broker");
      } catch (error) {
        if (closing.signal.aborted) return;
        failed(error);
      }
      onFailure?.();
      // Half-open sockets outlive amqplib's idea of "closed".
      socket.abort();
      if (live) next = Promise.withResolvers();
      live = undefined;
      blocked = false;
      failures++;
      await sleep(reconnectDelayMs(failures), closing.signal);
    }
  }

  function failed(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    report(message);
    if (everConnected || !isRefusal(message)) return;
    const refusal = new QueueError(
      `RabbitMQ refused the connection: check user, password and virtual host in RABBITMQ_URL. ${message}`,
      { reason: "refused", cause: error },
    );
    next.promise.catch(() => {});
    next.reject(refusal);
    next = Promise.withResolvers();
  }

  /** One line per kind of trouble, not one per attempt. */
  function report(problem: string): void {
    if (problem !== lastProblem) logger?.warn({ role, problem }, "no connection to RabbitMQ, trying again");
    lastProblem = problem;
  }

  const kept = keep();

  return {
    connection: (signal) => orAborted(next.promise, signal),
    drop(connection) {
      if (connection !== live) return;
      lost.resolve(new Error("the connection did not respond"));
      socket.abort();
    },
    get blocked() {
      return blocked;
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      // Says goodbye if the broker still listens; closing twice or too late only throws.
      if (live) await orAborted(live.close(), AbortSignal.timeout(closeTimeoutMs)).catch(() => {});
      socket.abort();
      lost.resolve(undefined);
      await kept;
    },
  };
}

/**
 * The URL with our heartbeat, unless it names one itself.
 *
 * @throws {QueueError} `refused` when it is not an AMQP URL. The message does not repeat it: it holds a password.
 */
export function amqpUrl(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null || !["amqp:", "amqps:"].includes(parsed.protocol))
    throw new QueueError("RABBITMQ_URL must start with amqp:// or amqps://", { reason: "refused" });
  if (!parsed.searchParams.has("heartbeat")) parsed.searchParams.set("heartbeat", String(heartbeatSeconds));
  return parsed.href;
}

/** amqplib gives no code for what happens before the connection is open; a refused virtual host is an unexpected `ConnectionClose`. */
function isRefusal(message: string): boolean {
  return /ACCESS.REFUSED|NOT.ALLOWED|got <ConnectionClose/.test(message);
}
