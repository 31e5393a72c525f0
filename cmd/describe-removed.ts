import type { SanitizeReport } from "../src/mod.ts";

/** One line for a person about what the sanitizer took out, by rule; nothing if the page came through whole. */
export function describeRemoved({ removed, rules }: SanitizeReport): string {
  if (removed === 0) return "";
  const list = Object.entries(rules).map(([rule, count]) => (count === 1 ? rule : `${rule} (${count})`));
  return `Left out for safety: ${list.join(", ")}\n`;
}
