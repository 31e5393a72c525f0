import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { sql } from "drizzle-orm";
import { openPostgres } from "../../src/db/postgres.ts";
import { DatabaseError } from "../../src/errors.ts";
import { createPostgresDatabase } from "../helpers/database.ts";
import { runsIntegration } from "../helpers/integration.ts";
import { startTcpProxy } from "../helpers/tcp-proxy.ts";
import { until } from "../helpers/until.ts";

setDefaultTimeout(60_000);

describe.skipIf(!runsIntegration("silent connections"))("a database whose other end vanishes without a word", () => {
  test("every statement is answered, and the pool is whole again; listening goes on", async () => {
    await using server = await createPostgresDatabase();
    await using network = await startTcpProxy(server.url);
    await using db = openPostgres({ url: network.url, poolSize: 4, silenceMs: 3_000 });
    const ask = () => db.query<{ one: number }>(sql`select 1 as one`);
    const heard: string[] = [];
    await using _ = await db.listen(
      "test",
      (payload) => heard.push(payload),
      () => {},
    );
    // So that each of the pool's connections is there to be lost.
    await Promise.all(Array.from({ length: 4 }, () => db.query(sql`select pg_sleep(0.1)`)));

    network.lose();
    // More than there are connections: some wait for one that is silent.
    const answers = await Promise.allSettled(Array.from({ length: 12 }, ask));
    expect(answers.map((answer) => answer.status === "rejected" && answer.reason instanceof DatabaseError)).toEqual(
      answers.map(() => true),
    );
    expect(await Promise.all(Array.from({ length: 12 }, ask))).toEqual(Array.from({ length: 12 }, () => [{ one: 1 }]));

    // The one that listens is cut when the network tells at last, and listens again.
    network.cut();
    await until(async () => {
      await db.query(sql`select pg_notify('test', 'again')`).catch(() => undefined);
      return heard.includes("again");
    });
  });
});
