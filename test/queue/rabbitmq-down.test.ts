import { afterEach, expect, test } from "bun:test";
import { createServer, type Server, type Socket } from "node:net";
import pino from "pino";
import { createJobId } from "../../src/ids.ts";
import { openRabbitQueue } from "../../src/queue/rabbitmq.ts";
import { freePorts } from "../helpers/private-server.ts";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(onConnection: (socket: Socket) => void): Promise<number> {
  const [port = 0] = await freePorts(1);
  const server = createServer(onConnection);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return port;
}

/** Accepts connections and never says a word, as a broker does that hangs. */
const silence = () => listen(() => {});

async function nobody(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return port;
}

test.each([
  ["nobody listens", nobody],
  ["nobody answers", silence],
])("opens, refuses to publish and waits to consume while %s", async (_when, findPort) => {
  const queue = await openRabbitQueue({ url: `amqp://guest:guest@127.0.0.1:${await findPort()}` });
  expect(queue.status()).toBe("connecting");
  await expect(queue.publish(createJobId())).rejects.toMatchObject({ code: "queue", reason: "closed" });
  const stop = new AbortController();
  const aborted = queue.consume(async () => {}, { concurrency: 1, signal: stop.signal });
  stop.abort();
  await aborted;
  const closed = queue.consume(async () => {}, { concurrency: 1, signal: new AbortController().signal });
  await queue[Symbol.asyncDispose]();
  await closed;
  expect(queue.status()).toBe("closed");
});

test("logs the same trouble once, and no password", async () => {
  const lines: string[] = [];
  const several = Promise.withResolvers<void>();
  let attempts = 0;
  const port = await listen((socket) => {
    socket.destroy();
    if (++attempts === 3) several.resolve();
  });
  await using queue = await openRabbitQueue({
    url: `amqp://guest:hunter2@127.0.0.1:${port}`,
    logger: pino({}, { write: (line: string) => lines.push(line) }),
  });
  await several.promise;
  expect(queue.status()).toBe("connecting");
  expect(lines).toHaveLength(1);
  expect(lines.join()).not.toContain("hunter2");
});

test.each(["https://user:hunter2@broker", "hunter2", "amqp//hunter2", ""])(
  "refuses %p as an address, without repeating it",
  async (url) => {
    const error = await openRabbitQueue({ url }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "queue", reason: "refused" });
    expect(String(error)).not.toContain("hunter2");
  },
);
