const maxWaitMs = 24 * 60 * 60 * 1000;

/**
 * How long the provider asks us to wait: `retry-after-ms`, else `Retry-After` as seconds or as a date.
 *
 * @returns Milliseconds between 0 and a day, or `undefined` when the headers do not say, or say nothing sensible.
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterMs(headers: Headers, now: Date = new Date()): number | undefined {
  const precise = Number.parseFloat(headers.get("retry-after-ms") ?? "");
  if (Number.isFinite(precise)) return bounded(precise);
  const value = headers.get("retry-after")?.trim();
  if (value === undefined || value === "") return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return bounded(Number(value) * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : bounded(date - now.getTime());
}

/**
 * The same from Gemini's error details, a list with `google.rpc.RetryInfo` somewhere in it: `{ "retryDelay": "37s" }`.
 *
 * @see https://cloud.google.com/apis/design/errors#error_details
 */
export function retryInfoMs(details: unknown): number | undefined {
  if (!Array.isArray(details)) return undefined;
  for (const detail of details) {
    const delay: unknown = detail?.retryDelay;
    const seconds = typeof delay === "string" ? /^(\d+(?:\.\d+)?)s$/.exec(delay)?.[1] : undefined;
    if (seconds !== undefined) return bounded(Number(seconds) * 1000);
  }
  return undefined;
}

function bounded(ms: number): number {
  return Math.ceil(Math.min(Math.max(ms, 0), maxWaitMs));
}
