import { chown } from "node:fs/promises";
import { join } from "node:path";
import { Glob } from "bun";
import {
  freePorts,
  hasFiles,
  type PrivateServer,
  startPrivateServer,
  temporaryDirectory,
  untilWeDie,
} from "./private-server.ts";

/** Postgres refuses to run as root. */
const root = process.getuid?.() === 0;

/** Whether {@link startPrivatePostgres} can work here (Debian's `postgresql`). Prints why not. */
export function hasPrivatePostgres(what: string): boolean {
  const bin = findBin();
  return hasFiles(what, [bin && `${bin}/postgres`, "setpriv"]);
}

/** A Postgres server on a free loopback port with a fresh cluster; user `postgres`, no password. Takes about 2 s. */
export async function startPrivatePostgres(): Promise<PrivateServer> {
  const bin = findBin();
  if (bin === undefined) throw new Error("Postgres is not installed");
  const directory = await temporaryDirectory("postgres");
  const owner = root ? await idsOf("postgres") : undefined;
  if (owner) await chown(directory, owner.uid, owner.gid);
  const asOwner = owner ? [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, "--clear-groups"] : [];
  const [port = 0] = await freePorts(1);
  const data = join(directory, "data");

  await run(["setpriv", ...asOwner, `${bin}/initdb`, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N"]);
  return startPrivateServer({
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    directory,
    startTimeoutMs: 60_000,
    spawn: () =>
      Bun.spawn(
        [
          ...untilWeDie,
          ...asOwner,
          ...[`${bin}/postgres`, "-D", data, "-p", String(port)],
          ...["-c", "listen_addresses=127.0.0.1", "-c", `unix_socket_directories=${directory}`],
        ],
        { cwd: directory, stdin: "ignore", stdout: "ignore", stderr: Bun.file(join(directory, "server.log")) },
      ),
    answers: async () =>
      (await Bun.spawn([`${bin}/pg_isready`, "-q", "-h", "127.0.0.1", "-p", String(port)]).exited) === 0,
  });
}

function findBin(): string | undefined {
  const servers = [...new Glob("*/bin/postgres").scanSync({ cwd: "/usr/lib/postgresql", absolute: true })];
  return servers
    .toSorted()
    .at(-1)
    ?.replace(/\/postgres$/, "");
}

async function idsOf(user: string): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all([run(["id", "-u", user]), run(["id", "-g", user])]);
  return { uid: Number(uid), gid: Number(gid) };
}

async function run(command: string[]): Promise<string> {
  const child = Bun.spawn(command, { stdin: "ignore", stderr: "pipe", cwd: "/" });
  const [output, errors, status] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  if (status !== 0) throw new Error(`${command.join(" ")}: ${errors}`);
  return output.trim();
}
