import type { SQL } from "bun";
import { SQL as Sql } from "bun";
import { runOrchestrator } from "../helpers/orchestrator-process.ts";
import { startPrivatePostgres } from "../helpers/private-postgres.ts";
import { type PrivateRabbitmq, startPrivateRabbitmq } from "../helpers/private-rabbitmq.ts";
import type { PrivateServer } from "../helpers/private-server.ts";

/** A broker and a database server that may be broken, and are mended again: starting them costs more than most scenarios. */
export interface World extends AsyncDisposable {
  broker: PrivateRabbitmq;
  postgres: PrivateServer;
  /** A migrated database and a virtual host that nothing else uses. */
  rent(): Promise<{ databaseUrl: string; rabbitmqUrl: string }>;
}

export async function openWorld(): Promise<World> {
  await using opening = new AsyncDisposableStack();
  const [broker, postgres] = await Promise.all([
    startPrivateRabbitmq().then((node) => opening.use(node)),
    startPrivatePostgres().then((server) => opening.use(server)),
  ]);
  const at = (database: string) => postgres.url.replace(/\/postgres$/, `/${database}`);
  await administer(postgres.url, (sql) => sql`create database template_faults`);
  const { status, stderr } = await runOrchestrator(["migrate"], { env: { DATABASE_URL: at("template_faults") } });
  if (status !== 0) throw new Error(stderr);
  let rented = 0;
  const resources = opening.move();
  return {
    broker,
    postgres,
    async rent() {
      const name = `stage_${++rented}`;
      await Promise.all([
        administer(postgres.url, (sql) => sql.unsafe(`create database ${name} template template_faults`)),
        broker.ctl(
          "eval",
          `rabbit_vhost:add(<<"${name}">>, <<"test">>),
           rabbit_auth_backend_internal:set_permissions(<<"guest">>, <<"${name}">>, <<".*">>, <<".*">>, <<".*">>, <<"test">>).`,
        ),
      ]);
      return { databaseUrl: at(name), rabbitmqUrl: `${broker.url}/${name}` };
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** One errand on a connection of its own, again when the server has only just come back. */
async function administer(url: string, errand: (sql: SQL) => PromiseLike<unknown>): Promise<void> {
  for (let tries = 1; ; tries++) {
    const sql = new Sql(url, { max: 1 });
    try {
      await errand(sql);
      return;
    } catch (error) {
      if (tries === 10) throw error;
      await Bun.sleep(500);
    } finally {
      await sql.close();
    }
  }
}
