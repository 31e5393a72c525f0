import type { Check, Finding } from "./check.ts";

/** RabbitMQ: version, alarms, whether what is declared there is what we would declare, and who works on it. */
export function checkQueue(rabbitmqUrl: string): Check {
  return {
    name: "queue",
    timeoutMs: 15_000,
    async run() {
      const { inspectBroker } = await import("../queue/amqp/inspect-broker.ts");
      const { product, version, blocked, queue, dead } = await inspectBroker(rabbitmqUrl);
      const findings: Finding[] = [];
      if (isTooOld(version)) {
        const message = `${product} ${version} is too old.`;
        findings.push({ level: "problem", message, advice: "Run RabbitMQ 3.10 or later.", exitStatus: 12 });
      }
      if (blocked) {
        findings.push({
          level: "problem",
          message: "RabbitMQ is short of memory or disk and takes no messages. Jobs wait in the database.",
          advice: "Give it memory or disk space; `rabbitmq-diagnostics alarms` tells which.",
          exitStatus: 12,
        });
      }
      if (dead > 0) {
        findings.push({
          level: "warning",
          message: `${dead} messages were given up on.`,
          advice: "A worker turns them into failed jobs: start one, then see `orchestrator jobs list --status failed`.",
        });
      }
      if (queue?.consumers === 0) {
        findings.push({ level: "warning", message: "No worker is connected.", advice: "Start `orchestrator work`." });
      }
      const state = queue
        ? `${queue.messages} messages, ${queue.consumers} workers`
        : "the queues are declared by the first API or worker process";
      if (!findings.some(({ level }) => level === "problem")) {
        findings.unshift({ level: "ok", message: `${product} ${version} answers; ${state}.` });
      }
      return findings;
    },
  };
}

function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < 3 || (major === 3 && minor < 10);
}
