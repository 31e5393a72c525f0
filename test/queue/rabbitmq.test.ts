import { afterAll, describe } from "bun:test";
import { openRabbitQueue } from "../../src/queue/rabbitmq.ts";
import { queueContract } from "../contract/queue-contract.ts";
import { rabbitmqUrl, runsIntegration } from "../helpers/integration.ts";
import { openBroker } from "../helpers/rabbitmq-broker.ts";

describe.skipIf(!runsIntegration("RabbitMQ queue"))("RabbitMQ", () => {
  const broker = openBroker(rabbitmqUrl);
  afterAll(() => broker[Symbol.asyncDispose]());

  queueContract("RabbitMQ", async () => openRabbitQueue({ url: rabbitmqUrl, prefix: broker.newPrefix() }));
});
