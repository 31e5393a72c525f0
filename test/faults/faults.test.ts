import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { runsIntegration } from "../helpers/integration.ts";
import { hasPrivatePostgres } from "../helpers/private-postgres.ts";
import { hasPrivateRabbitmq } from "../helpers/private-rabbitmq.ts";
import { play } from "./scenario.ts";
import { scenarios } from "./scenarios.ts";
import { openWorld, type World } from "./world.ts";

const suite = "faults";
const patienceMs = 420_000;
const ready = runsIntegration(suite) && hasPrivateRabbitmq(suite) && hasPrivatePostgres(suite);

/** The short ones; `bun run test:faults` plays all. */
describe.skipIf(!ready)(suite, () => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld();
  }, patienceMs);
  afterAll(() => world?.[Symbol.asyncDispose](), patienceMs);

  for (const scenario of scenarios.filter(({ short }) => short)) {
    test(
      `ledger is clean after: ${scenario.fault}`,
      async () => {
        const { violations, lost, doubled } = await play(scenario, world);
        expect(violations).toEqual([]);
        expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
      },
      patienceMs,
    );
  }
});
