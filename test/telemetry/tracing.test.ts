import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { startTracing } from "../../src/telemetry/start-tracing.ts";
import { currentTraceparent, traced } from "../../src/tracing.ts";
import { startOrchestrator } from "../helpers/orchestrator-process.ts";
import { openOtlpReceiver } from "../helpers/otlp-receiver.ts";
import { openTelegramServer } from "../helpers/telegram-server.ts";
import { until } from "../helpers/until.ts";
import { text } from "../helpers/update.ts";

setDefaultTimeout(60_000);

const quiet = pino({ level: "silent" });

test("without an endpoint there is no trace to continue", async () => {
  const seen = await traced("anything", {}, async () => currentTraceparent());
  expect(seen).toBeUndefined();
});

test("a trace continues from a row, and of an error only its kind is kept", async () => {
  await using receiver = openOtlpReceiver();
  const parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  {
    await using _ = await startTracing({ endpoint: receiver.url, service: "test" }, quiet);
    const failing = traced("outer", { parent }, () =>
      traced("inner", {}, async () => {
        expect(currentTraceparent()).toStartWith("00-0af7651916cd43dd8448eb211c80319c-");
        throw new RangeError("a secret plan");
      }),
    );
    await expect(failing).rejects.toThrow(RangeError);
  }
  const [inner, outer] = receiver.spans;
  expect(inner).toMatchObject({ name: "inner", traceId: "0af7651916cd43dd8448eb211c80319c", status: { code: 2 } });
  expect(inner?.parentSpanId).toBe(outer?.spanId as string);
  expect(outer?.parentSpanId).toBe("b7ad6b7169203331");
  expect(inner?.attributes).toEqual([{ key: "error.type", value: { stringValue: "RangeError" } }]);
  expect(receiver.bodies.join()).not.toContain("secret plan");
});

test("a collector that is away does not keep the process from ending", async () => {
  const started = performance.now();
  {
    await using _ = await startTracing({ endpoint: "http://127.0.0.1:9", service: "test" }, quiet);
    await traced("lost", {}, async () => undefined);
  }
  expect(performance.now() - started).toBeLessThan(20_000);
});

test("a collector that refuses is told of once, and once when it takes traces again", async () => {
  const lines: { msg: string; reason?: string }[] = [];
  const logger = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) });
  let status = 400;
  let asked = 0;
  await using collector = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: () => {
      asked++;
      return Response.json({ message: "a secret" }, { status });
    },
  });
  await using _ = await startTracing({ endpoint: collector.url.origin, service: "test" }, logger);
  for (const times of [1, 2]) {
    await traced("lost", {}, async () => undefined);
    await until(() => asked === times);
  }
  status = 200;
  await traced("kept", {}, async () => undefined);
  await until(() => lines.length === 2);
  expect(lines.map(({ msg, reason }) => [msg, reason])).toEqual([
    ["traces do not reach the collector and are lost", "400"],
    ["traces reach the collector again", undefined],
  ]);
  expect(JSON.stringify(lines)).not.toContain("secret");
});

test("one message to the bot is one trace, from the webhook to the answer, and the prompt is not in it", async () => {
  await using receiver = openOtlpReceiver();
  await using telegram = openTelegramServer();
  const directory = await mkdtemp(join(tmpdir(), "orchestrator-tracing-"));
  await using _ = { [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) };
  await using all = startOrchestrator(["up"], {
    ORCHESTRATOR_DATA_DIR: directory,
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.url,
    TELEGRAM_SECRET_TOKEN: "secret",
    PORT: "0",
    PREVIEW_PORT: "0",
  });
  const { url } = await all.line(({ msg }) => msg === "serving the API");
  const prompt = "A page for the Marmalade Observatory";
  const answer = await fetch(`${url}/telegram/webhook`, {
    method: "POST",
    headers: { "x-telegram-bot-api-secret-token": "secret" },
    body: JSON.stringify(text(prompt)),
  });
  expect(answer.status).toBe(200);

  const named = (name: string) => receiver.spans.find((span) => span.name === name);
  const says = (kind: string) =>
    receiver.spans.find((span) => span.name === "notify" && JSON.stringify(span.attributes).includes(`"${kind}"`));
  await until(() => says("completed") !== undefined && named("attempt") !== undefined);

  const webhook = named("POST /telegram/webhook");
  const attempt = named("attempt");
  const parts = ["publish", "attempt", "generate", "publish page", "complete"].map(named);
  expect(new Set([webhook, ...parts, says("completed")].map((span) => span?.traceId)).size).toBe(1);
  expect(named("publish")?.parentSpanId).toBe(webhook?.spanId as string);
  expect(attempt?.parentSpanId).toBe(webhook?.spanId as string);
  expect(says("completed")?.parentSpanId).toBe(webhook?.spanId as string);
  for (const name of ["generate", "publish page", "complete"])
    expect(named(name)?.parentSpanId).toBe(attempt?.spanId as string);
  expect(receiver.bodies.join()).not.toMatch(/marmalade/i);
});
