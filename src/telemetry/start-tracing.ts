import { hostname } from "node:os";
import { context, propagation, trace } from "@opentelemetry/api";
import type { TracingConfig } from "../config/sections.ts";

/** How long the end of the process waits for the last spans to be taken. */
const flushMs = 3000;
const exportTimeoutMs = 10_000;

/**
 * Exports spans by OTLP over HTTP until disposed. The exporter itself also obeys the other `OTEL_EXPORTER_OTLP_*`
 * variables, such as headers. A collector that is away costs the spans, and nothing else.
 *
 * Loaded only where it is asked for: the SDK takes its time.
 */
export async function startTracing({ endpoint, service }: TracingConfig): Promise<AsyncDisposable> {
  const [{ BatchSpanProcessor, TracerProvider }, { OTLPTraceExporter }, hooks, { resourceFromAttributes }, core] =
    await Promise.all([
      import("@opentelemetry/sdk-trace"),
      import("@opentelemetry/exporter-trace-otlp-http"),
      import("@opentelemetry/context-async-hooks"),
      import("@opentelemetry/resources"),
      import("@opentelemetry/core"),
    ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, timeoutMillis: exportTimeoutMs });
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
