import { describe, expect, test } from "bun:test";
import { SQL } from "bun";
import { runsIntegration } from "./integration.ts";
import { hasPrivatePostgres, startPrivatePostgres } from "./private-postgres.ts";

const suite = "private Postgres";

describe.skipIf(!runsIntegration(suite) || !hasPrivatePostgres(suite))(suite, () => {
  test("keeps what was committed when it is killed, and leaves nothing behind", async () => {
    const server = await startPrivatePostgres();
    const { pid } = server;
    try {
      await using before = new SQL(server.url);
      await before`create table facts as select 42 as answer`;
      await server.kill();
      await server.start();
      await using after = new SQL(server.url);
      expect((await after`select answer from facts`)[0]).toEqual({ answer: 42 });
    } finally {
      await server[Symbol.asyncDispose]();
    }
    expect(server.pid).not.toBe(pid);
    expect(() => process.kill(server.pid, 0)).toThrow();
  }, 30_000);
});
