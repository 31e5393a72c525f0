import { hostname } from "node:os";
import { context, propagation, trace } from "@opentelemetry/api";
import type { SpanExporter } from "@opentelemetry/sdk-trace";
import type { TracingConfig } from "../config/sections.ts";
import type { Logger } from "../logger.ts";

/** How long the end of the process waits for the last spans to be taken: a person may be waiting for its last line. */
const flushMs = 1000;
const exportTimeoutMs = 10_000;

/**
 * Exports spans by OTLP over HTTP until disposed. The exporter itself also obeys the other `OTEL_EXPORTER_OTLP_*`
 * variables, such as headers. A collector that is away costs the spans, and a line in the log.
 *
 * Loaded only where it is asked for: the SDK takes its time.
 */
export async function startTracing({ endpoint, service }: TracingConfig, logger: Logger): Promise<AsyncDisposable> {
  const [{ BatchSpanProcessor, TracerProvider }, { OTLPTraceExporter }, hooks, { resourceFromAttributes }, core] =
    await Promise.all([
      import("@opentelemetry/sdk-trace"),
      import("@opentelemetry/exporter-trace-otlp-http"),
      import("@opentelemetry/context-async-hooks"),
      import("@opentelemetry/resources"),
      import("@opentelemetry/core"),
    ]);
  const otlp = new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, timeoutMillis: exportTimeoutMs });
  const exporter = tellFailures(otlp, (reason) =>
    reason === undefined
      ? logger.info("traces reach the collector again")
      : logger.warn({ collector: new URL(endpoint).host, reason }, "traces do not reach the collector and are lost"),
  );
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      "service.name": service,
      "service.instance.id": `${hostname()}:${process.pid}`,
    }),
    spanProcessors: [
      new BatchSpanProcessor({ exporter, scheduledDelayMillis: 1000, exportTimeoutMillis: exportTimeoutMs }),
    ],
  });
  context.setGlobalContextManager(new hooks.AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new core.W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return {
    async [Symbol.asyncDispose]() {
      await Promise.race([provider.shutdown().catch(() => undefined), Bun.sleep(flushMs)]);
      trace.disable();
      propagation.disable();
      context.disable();
    },
  };
}

/** The same exporter. Tells why it fails once, with the kind of error alone, and once when it works again. */
function tellFailures(exporter: SpanExporter, tell: (reason: string | undefined) => void): SpanExporter {
  let failing = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const { error } = result;
        if ((error !== undefined) !== failing) {
          failing = error !== undefined;
          tell(error && String((error as { code?: unknown }).code ?? error.name));
        }
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
  };
}
