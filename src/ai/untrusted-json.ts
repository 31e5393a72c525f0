/** The value's fields if it is an object, else none. For JSON that somebody else wrote. */
export function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** The value if it is a string, else an empty one. */
export function string(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The value if it can be a count, else zero. */
export function count(value: unknown): number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : 0;
}
