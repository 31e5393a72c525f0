import { OutputError, ProviderError } from "../errors.ts";
import type { GenerationRequest, Provider, ReplyEvent } from "./provider.ts";

export interface Limits {
  /** For one whole reply, `AI_TIMEOUT`. Also how long the first event may take: thinking is often silent. */
  timeoutMs: number;
  /** Between two events. */
  idleMs?: number | undefined;
  /** Of text and reasoning together, in UTF-8. A rich page has 60 KB. */
  maxBytes?: number | undefined;
}

/**
 * The same provider, unable to hang or to flood: a deadline for the reply, an idle limit between events, a cap on its
 * size. Each of them, like an abort or a consumer that stops reading, ends the call underneath and frees its socket.
 *
 * Every read is raced rather than trusted: a fetch body can stall for ever without an error, and some SDKs end their
 * loop silently when aborted.
 *
 * @throws {ProviderError} `unavailable`, when a time limit passes.
 * @throws {OutputError} `too_large`, when the size limit does.
 */
export function withLimits(provider: Provider, limits: Limits): Provider {
  const { timeoutMs, idleMs = 30_000, maxBytes = 2 * 1024 * 1024 } = limits;
  const timedOut = (what: string) =>
    new ProviderError(`${provider.name} ${what}. Try again, or raise AI_TIMEOUT.`, { reason: "unavailable" });

  async function* generate(request: GenerationRequest): AsyncGenerator<ReplyEvent> {
    request.signal.throwIfAborted();
    const call = new AbortController();
    const events = provider.generate({ ...request, signal: call.signal })[Symbol.asyncIterator]();
    const abort = () => call.abort(request.signal.reason);
    request.signal.addEventListener("abort", abort, { once: true });
    const deadline = setTimeout(() => call.abort(timedOut(`did not finish within ${timeoutMs / 1000} s`)), timeoutMs);
    let received = 0;
    try {
      for (let first = true; ; first = false) {
        const idle = first
          ? undefined
          : setTimeout(() => call.abort(timedOut(`sent nothing for ${idleMs / 1000} s`)), idleMs);
        const { done, value } = await orAborted(events.next(), call.signal).finally(() => clearTimeout(idle));
        if (done) return;
        if (value.type !== "finish") received += Buffer.byteLength(value.text);
        if (received > maxBytes)
          throw new OutputError(`The reply is larger than ${maxBytes} bytes. Ask for a smaller page.`, {
            reason: "too_large",
          });
        yield value;
      }
    } finally {
      clearTimeout(deadline);
      request.signal.removeEventListener("abort", abort);
      call.abort();
      // Not awaited: a generator that is stuck in a read would make us wait for that read.
      events.return?.().catch(() => {});
    }
  }

  return { name: provider.name, model: provider.model, generate };
}

/** Settles as the promise does, or rejects with the signal's reason as soon as that aborts. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
