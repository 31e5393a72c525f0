const pattern = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/**
 * The value if it is a W3C trace context, else `undefined`.
 *
 * @see https://www.w3.org/TR/trace-context/#traceparent-header
 */
export function traceparentOf(value: unknown): string | undefined {
  return typeof value === "string" && pattern.test(value) ? value : undefined;
}
