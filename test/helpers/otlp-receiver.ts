/** A span as OTLP's JSON has it. */
interface ReceivedSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: { key: string; value: Record<string, unknown> }[];
  status: { code?: number };
}

export interface OtlpReceiver extends AsyncDisposable {
  url: string;
  /** Spans so far, in the order they came. */
  spans: ReceivedSpan[];
  /** Everything that was sent, as it was sent. */
  bodies: string[];
}

/** Takes traces by OTLP over HTTP. */
export function openOtlpReceiver(): OtlpReceiver {
  const spans: ReceivedSpan[] = [];
  const bodies: string[] = [];
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    routes: {
      "/v1/traces": {
        async POST(request) {
          const body = await request.text();
          bodies.push(body);
          const { resourceSpans } = JSON.parse(body) as {
            resourceSpans: { scopeSpans: { spans: ReceivedSpan[] }[] }[];
          };
          for (const { scopeSpans } of resourceSpans) for (const scope of scopeSpans) spans.push(...scope.spans);
          return Response.json({});
        },
      },
    },
    fetch: () => new Response(null, { status: 404 }),
  });
  return { url: server.url.origin, spans, bodies, [Symbol.asyncDispose]: () => server.stop(true) };
}
