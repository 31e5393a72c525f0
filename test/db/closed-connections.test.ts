import { expect, test } from "bun:test";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { sql } from "drizzle-orm";
import { openPostgres } from "../../src/db/postgres.ts";
import { DatabaseError } from "../../src/errors.ts";

const authenticated = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0]);

/** How a server, or something before it, may go while a connection to it begins. */
const ends: [string, (socket: Socket) => void][] = [
  ["closes at once", (socket) => socket.destroy()],
  ["resets at once", (socket) => socket.resetAndDestroy()],
  ["closes when greeted", (socket) => socket.once("data", () => socket.end())],
  ["closes after the password", (socket) => socket.once("data", () => socket.end(authenticated))],
];

test.each(ends)(
  "a server that %s is an error for each statement, and is not asked again without a pause",
  async (_, end) => {
    let connections = 0;
    await using server = createServer((socket) => {
      connections++;
      socket.on("error", () => {});
      end(socket);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    await using db = openPostgres({
      url: `postgres://127.0.0.1:${(server.address() as AddressInfo).port}/x`,
      poolSize: 2,
    });
    const statements = Array.from({ length: 6 }, () => db.query(sql`select 1`));
    for (const result of await Promise.allSettled(statements))
      expect(result).toMatchObject({ status: "rejected", reason: expect.any(DatabaseError) });
    expect(connections).toBeLessThanOrEqual(statements.length);
  },
);
