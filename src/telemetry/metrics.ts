import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

const ms = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const minutes = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 90, 120, 180, 300, 600];

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * Counts from zero under each value of a label. A counter that appears with its first event hides that event from
 * `increase()`, and before it nobody can tell a quiet process from none.
 */
export function startAtZero<Label extends string, Value extends string>(
  counter: Counter<Label>,
  label: Label,
  values: Readonly<Record<Value, 0>>,
): void {
  for (const value of Object.keys(values)) counter.inc({ [label]: value } as Record<Label, string>, 0);
}

/**
 * Everything that is counted in this process, in a registry of its own. Every label has a handful of values that the
 * program itself chooses: never an id, a model's name, a path or anything else that somebody sends us.
 */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  // Memory, processor time, file descriptors, and `nodejs_eventloop_lag_*`.
  collectDefaultMetrics({ register: registry });

  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Counter({ name: `orchestrator_${name}`, help, labelNames, registers });
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge({ name: `orchestrator_${name}`, help, labelNames, registers });
  const histogram = <Label extends string>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: readonly Label[] = [],
  ) => new Histogram({ name: `orchestrator_${name}`, help, labelNames, buckets, registers });

  const lookups: (() => Promise<void> | undefined)[] = [];

  return {
    /** Has `look` run, and waits for it, before the values are rendered. It must not take long. */
    beforeScrape(look: () => Promise<void> | undefined): void {
      lookups.push(look);
    },
    async scrape(): Promise<Response> {
      await Promise.all(lookups.map((look) => look()));
      return new Response(await registry.metrics(), { headers: { "content-type": registry.contentType } });
    },
    updates: counter("updates_total", "Updates from Telegram, by what became of them.", ["result"]),
    enqueued: counter("jobs_enqueued_total", "Jobs recorded by this process.", ["source"]),
    attempts: counter("job_attempts_total", "Attempts that ended in this worker, by how.", ["outcome"]),
    attemptSeconds: histogram("job_attempt_duration_seconds", "Claim to end of an attempt.", minutes),
    waitSeconds: histogram("job_queue_wait_seconds", "Time between a job being due and its claim.", minutes),
    rescued: counter("jobs_rescued_total", "Jobs taken over from a worker that died or fell silent.", ["cause"]),
    duplicates: counter("duplicate_deliveries_total", "Messages that found nothing to do; harmless."),
    deadLetters: counter("dead_letters_total", "Messages that RabbitMQ gave up on."),
    malformed: counter("malformed_messages_total", "Messages in our queue that are not ours."),
    confirmSeconds: histogram("publish_confirm_seconds", "Publishing a message until the broker confirmed it.", ms),
    publishFailures: counter("publish_failures_total", "Messages the broker did not take, by why.", ["reason"]),
    amqpConnected: gauge("amqp_connected", "1 while connected to RabbitMQ, per connection.", ["role"]),
    amqpConnections: counter("amqp_connections_total", "Connections made; every one but the first reconnects.", [
      "role",
    ]),
    aiRequests: counter("ai_requests_total", "Calls to the AI provider, by how they ended.", ["provider", "result"]),
    aiSeconds: histogram("ai_request_duration_seconds", "Calls to the AI provider, first byte to last.", minutes, [
      "provider",
    ]),
    aiTokens: counter("ai_tokens_total", "Tokens that calls reported.", ["provider", "direction"]),
    aiCost: counter("ai_cost_dollars_total", "What calls cost, of models with a known price.", ["provider"]),
    notifications: counter("notifications_total", "Messages handed to Telegram, by result.", ["result"]),
    gauge,
  };
}
