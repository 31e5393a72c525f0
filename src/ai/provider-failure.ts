import { OutputError, ProviderError } from "../errors.ts";
import type { ProviderName } from "./provider.ts";

/** What an adapter knows of a call that failed, stripped of everything the provider echoed back. */
export interface ProviderFailure {
  provider: ProviderName;
  /** HTTP status; absent when there was no answer, or the error came inside the stream. */
  status?: number | undefined;
  /** The provider's own short word for it (`model_not_found`, `RESOURCE_EXHAUSTED`, `ECONNREFUSED`). */
  code?: string | undefined;
  retryAfterMs?: number | undefined;
}

const policyCodes = /content_?(?:policy|filter)|moderation|responsibleai|safety|prohibited/i;
const creditCodes = /insufficient_(?:quota|funds|balance|credits?)|billing|payment/i;
const limitCodes = /rate_?limit|too_many_requests|resource_exhausted/i;
const keyCodes = /invalid_?(?:api_?)?key|authentication|unauthenticated|permission/i;
const transientStatuses = new Set([408, 409, 425]);

/**
 * The error to throw for a failed call. Its message says what to do and is made of our own words, the status and a
 * short code; never of the provider's message, which may quote the key or the prompt.
 *
 * @returns `OutputError("blocked")` when the prompt fell foul of a content policy, else a `ProviderError`.
 */
export function providerFailure({
  provider,
  status,
  code,
  retryAfterMs,
}: ProviderFailure): ProviderError | OutputError {
  const word = shortCode(code);
  const detail = [status, word].filter((part) => part !== undefined).join(" ");
  const told = detail === "" ? "" : ` (${detail})`;
  const failed = (reason: ProviderError["reason"], text: string) =>
    new ProviderError(`${provider} ${text}`, retryAfterMs === undefined ? { reason } : { reason, retryAfterMs });

  if (word !== undefined && policyCodes.test(word) && (status === undefined || status < 500))
    return new OutputError(`${provider} declined the request under its content policy${told}. Word it differently.`, {
      reason: "blocked",
    });
  if (status === 402 || (word !== undefined && creditCodes.test(word)))
    return failed("rejected", `refused the call for lack of credit${told}. Check the account's balance and plan.`);
  if (status === 429 || (status === undefined && word !== undefined && limitCodes.test(word)))
    return failed("rate_limited", `is limiting our requests${told}. They go on when the limit allows.`);
  if (status === 401 || status === 403 || (status === undefined && word !== undefined && keyCodes.test(word)))
    return failed("unauthorized", `did not accept the key${told}. Check AI_API_KEY and what it may be used for.`);
  if (status === undefined)
    return failed("unavailable", `could not be reached or broke off${told}. Check AI_BASE_URL and the network.`);
  if (status >= 500 || transientStatuses.has(status))
    return failed("unavailable", `is failing at the moment${told}. Try again later.`);
  return failed("rejected", `did not accept the request${told}. Check AI_MODEL and AI_BASE_URL.`);
}

/** A code is shown only when it looks like one: letters, digits and separators, and short. */
function shortCode(code: string | undefined): string | undefined {
  return code !== undefined && /^[A-Za-z][\w.-]{1,48}$/.test(code) ? code : undefined;
}

/** The first error code down the chain of causes (`ECONNREFUSED`, `ConnectionClosed`), if there is one. */
export function networkCode(error: unknown, depth = 4): string | undefined {
  if (!(error instanceof Error) || depth === 0) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  return networkCode(error.cause, depth - 1);
}
