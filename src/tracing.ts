import {
  type Attributes,
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { OrchestratorError } from "./errors.ts";

/**
 * Spans of the pipeline. They go nowhere, and cost next to nothing, unless `src/telemetry/start-tracing.ts` was asked
 * to export them. Attributes name jobs and sites by id; prompts, pages and messages never become one.
 */

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

export interface TraceOptions {
  kind?: keyof typeof kinds;
  /** W3C trace context of what led to this, from a row or a message. Left out: the span around it, if any. */
  parent?: string | null | undefined;
  attributes?: Attributes;
}

/** A span whose end does not coincide with that of a function. */
export interface OpenSpan {
  /** Says how it ended: well, or with what was thrown. */
  end(error?: unknown, attributes?: Attributes): void;
}

/** Runs `work` as a span, as a child of which everything started inside counts. Throws what `work` throws. */
export async function traced<T>(name: string, options: TraceOptions, work: () => Promise<T>): Promise<T> {
  const { span, around } = open(name, options);
  try {
    const result = await context.with(around, work);
    finish(span);
    return result;
  } catch (error) {
    finish(span, error);
    throw error;
  }
}

export function startSpan(name: string, options: TraceOptions): OpenSpan {
  const { span } = open(name, options);
  return {
    end(error, attributes = {}) {
      span.setAttributes(attributes);
      finish(span, error);
    },
  };
}

/** Adds to the span that runs now. */
export function annotate(attributes: Attributes): void {
  trace.getActiveSpan()?.setAttributes(attributes);
}

/** W3C trace context of the span that runs now, to be kept in a row or sent along; `undefined` when nothing is traced. */
export function currentTraceparent(): string | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

function open(name: string, { kind = "internal", parent, attributes = {} }: TraceOptions) {
  const above: Context = parent ? propagation.extract(ROOT_CONTEXT, { traceparent: parent }) : context.active();
  const span = trace.getTracer("orchestrator").startSpan(name, { kind: kinds[kind], attributes }, above);
  return { span, around: trace.setSpan(above, span) };
}

/** Of an error only its kind: messages of other people's errors may quote anything. */
function finish(span: Span, error?: unknown): void {
  if (error !== undefined) {
    const type = error instanceof OrchestratorError ? error.code : error instanceof Error ? error.name : typeof error;
    span.setAttribute("error.type", type);
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}
