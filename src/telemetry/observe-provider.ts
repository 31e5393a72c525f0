import type { Provider, ReplyEvent } from "../ai/provider.ts";
import { OutputError, ProviderError, type ProviderErrorReason } from "../errors.ts";
import { startSpan } from "../tracing.ts";
import type { Metrics } from "./metrics.ts";

const reasons: readonly ProviderErrorReason[] = ["unavailable", "rate_limited", "unauthorized", "rejected"];

/** The same provider, each call of it a span and counted. */
export function observeProvider(provider: Provider, metrics: Metrics | undefined): Provider {
  const { name } = provider;
  // From zero, so that the first refusal is an increase.
  for (const result of reasons) metrics?.aiRequests.inc({ provider: name, result }, 0);
  return {
    ...provider,
    async *generate(request): AsyncGenerator<ReplyEvent> {
      const span = startSpan("generate", {
        kind: "client",
        attributes: { "gen_ai.provider.name": name, "gen_ai.request.model": request.model ?? provider.model },
      });
      const stopTimer = metrics?.aiSeconds.startTimer({ provider: name });
      // Whoever stops reading early ends the call, and neither returns nor throws here.
      let result = "abandoned";
      let failure: unknown;
      let tokens = {};
      try {
        for await (const event of provider.generate(request)) {
          if (event.type === "finish") {
            result = event.finish;
            const { inputTokens, outputTokens } = event.usage;
            tokens = { "gen_ai.usage.input_tokens": inputTokens, "gen_ai.usage.output_tokens": outputTokens };
            metrics?.aiTokens.inc({ provider: name, direction: "input" }, inputTokens);
            metrics?.aiTokens.inc({ provider: name, direction: "output" }, outputTokens);
          }
          yield event;
        }
      } catch (error) {
        failure = error;
        result = request.signal.aborted ? "aborted" : resultOf(error);
        throw error;
      } finally {
        stopTimer?.();
        metrics?.aiRequests.inc({ provider: name, result });
        span.end(failure, { "orchestrator.ai.result": result, ...tokens });
      }
    },
  };
}

function resultOf(error: unknown): string {
  return error instanceof ProviderError || error instanceof OutputError ? error.reason : "error";
}
