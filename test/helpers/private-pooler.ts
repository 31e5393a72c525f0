import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  freePorts,
  hasFiles,
  type PrivateServer,
  startPrivateServer,
  temporaryDirectory,
  untilWeDie,
} from "./private-server.ts";

/** Whether {@link startPrivatePooler} can work here (Debian's `pgbouncer`). Prints why not. */
export const hasPrivatePooler = (what: string) => hasFiles(what, ["/usr/sbin/pgbouncer", "setpriv"]);

export interface PoolerOptions {
  /** Postgres that lets its user in without a password. */
  behind: string;
  mode: "session" | "transaction";
  /** Start-up parameters that it keeps to itself; it refuses others it does not know. */
  ignores: readonly string[];
}

/** PgBouncer on a free loopback port. */
export async function startPrivatePooler({ behind, mode, ignores }: PoolerOptions): Promise<PrivateServer> {
  const { hostname, port, username, pathname } = new URL(behind);
  const directory = await temporaryDirectory("pgbouncer");
  await chmod(directory, 0o755);
  const [listenPort = 0] = await freePorts(1);
  const config = join(directory, "pgbouncer.ini");
  await writeFile(
    config,
    `[databases]
* = host=${hostname} port=${port || 5432} user=${username}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${listenPort}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
ignore_startup_parameters = ${ignores.join(",")}
`,
  );
  // It refuses to run as root.
  const nobody = process.getuid?.() === 0 ? ["--reuid=65534", "--regid=65534", "--clear-groups"] : [];
  return startPrivateServer({
    url: `postgres://${username}@127.0.0.1:${listenPort}${pathname}`,
    directory,
    startTimeoutMs: 10_000,
    spawn: () =>
      Bun.spawn([...untilWeDie, ...nobody, "/usr/sbin/pgbouncer", "-q", config], {
        cwd: directory,
        stdin: "ignore",
        stdout: "ignore",
        stderr: Bun.file(join(directory, "server.log")),
      }),
    answers: async () => {
      const socket = await Bun.connect({ hostname: "127.0.0.1", port: listenPort, socket: { data() {} } }).catch(
        () => undefined,
      );
      socket?.end();
      return socket !== undefined;
    },
  });
}
