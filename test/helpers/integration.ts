/** Integration tests need a RabbitMQ and a Postgres of their own choosing: `RUN_INTEGRATION_TESTS=true` turns them on. */
const integration = process.env["RUN_INTEGRATION_TESTS"] === "true";

export const rabbitmqUrl = process.env["RABBITMQ_URL"] ?? "amqp://guest:guest@127.0.0.1:5672";
export const postgresUrl = process.env["DATABASE_URL"] ?? "postgres://postgres@127.0.0.1:5432/postgres";

/**
 * Whether the integration tests called `what` run. Says so, once, when they do not.
 *
 * @example describe.skipIf(!runsIntegration("RabbitMQ queue"))("RabbitMQ queue", () => { … });
 */
export function runsIntegration(what: string): boolean {
  if (!integration) console.warn(`skipped: ${what} (set RUN_INTEGRATION_TESTS=true to run it)`);
  return integration;
}
