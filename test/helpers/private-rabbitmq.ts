import { join } from "node:path";
import { connect } from "amqplib";
import {
  freePorts,
  hasFiles,
  type PrivateServer,
  startPrivateServer,
  temporaryDirectory,
  untilWeDie,
} from "./private-server.ts";

/** Another release can be put to the same tests: `RABBITMQ_BIN` names the directory with its programs, `epmd` among them. */
const bin = process.env["RABBITMQ_BIN"] ?? "/usr/lib/rabbitmq/bin";
const epmd = Bun.which("epmd", { PATH: `${bin}:${process.env["PATH"]}` });

export interface PrivateRabbitmq extends PrivateServer {
  /** `rabbitmqctl` against this node: `stop_app`, `set_vm_memory_high_watermark 0.00001`, … Gives what it prints. */
  ctl(...args: string[]): Promise<string>;
}

/** Whether {@link startPrivateRabbitmq} can work here (Debian's `rabbitmq-server`). Prints why not. */
export function hasPrivateRabbitmq(what: string): boolean {
  return hasFiles(what, [`${bin}/rabbitmq-server`, `${bin}/rabbitmqctl`, epmd ?? "epmd", "setpriv"]);
}

/** A RabbitMQ node on free loopback ports, with its own data, cookie and port mapper. Takes about 5 s. */
export async function startPrivateRabbitmq(): Promise<PrivateRabbitmq> {
  const directory = await temporaryDirectory("rabbitmq");
  const [port = 0, distributionPort = 0, mapperPort = 0] = await freePorts(3);
  const node = `test-${port}@localhost`;
  const url = `amqp://guest:guest@127.0.0.1:${port}`;
  const env = {
    PATH: process.env["PATH"],
    HOME: directory,
    ERL_EPMD_PORT: String(mapperPort),
    ERL_EPMD_ADDRESS: "127.0.0.1",
    RABBITMQ_NODENAME: node,
    RABBITMQ_DIST_PORT: String(distributionPort),
    RABBITMQ_MNESIA_BASE: join(directory, "data"),
    RABBITMQ_LOG_BASE: join(directory, "log"),
    RABBITMQ_CONFIG_FILE: join(directory, "rabbitmq.conf"),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(directory, "enabled_plugins"),
    // Makes the start script become the node instead of staying beside it, so that our pid is the node's.
    RUNNING_UNDER_SYSTEMD: "true",
  };
  await Bun.write(env.RABBITMQ_CONFIG_FILE, `listeners.tcp.1 = 127.0.0.1:${port}\n`);
  await Bun.write(env.RABBITMQ_ENABLED_PLUGINS_FILE, "[].\n");

  // Erlang would start a port mapper by itself, as a daemon that outlives everybody.
  const mapper = Bun.spawn([...untilWeDie, epmd ?? "epmd", "-port", String(mapperPort), "-address", "127.0.0.1"], {
    stdio: ["ignore", "ignore", "ignore"],
  });

  const server = await startPrivateServer({
    url,
    directory,
    startTimeoutMs: 150_000,
    spawn: () =>
      Bun.spawn([...untilWeDie, `${bin}/rabbitmq-server`], {
        env,
        stdin: "ignore",
        stdout: Bun.file(join(directory, "server.log")),
        stderr: Bun.file(join(directory, "server-errors.log")),
      }),
    answers: () =>
      connect(url, { timeout: 1_000 }).then(
        (connection) => connection.close().then(() => true),
        () => false,
      ),
    async cleanUp() {
      mapper.kill();
      await mapper.exited;
    },
  });

  return Object.assign(server, {
    async ctl(...args: string[]): Promise<string> {
      const ctl = Bun.spawn([`${bin}/rabbitmqctl`, "-q", "-n", node, ...args], { env, stderr: "pipe" });
      const [output, errors, status] = await Promise.all([ctl.stdout.text(), ctl.stderr.text(), ctl.exited]);
      if (status !== 0) throw new Error(`rabbitmqctl ${args.join(" ")}: ${errors || output}`);
      return output;
    },
  });
}
