import type { Price, Prices } from "../config/prices.ts";
import type { TokenUsage } from "./provider.ts";

/**
 * List prices of the vendors' interfaces in November 2026, standard tier, short context. They change; an operator's
 * own table goes before them.
 */
const listPrices: Prices = {
  none: { input: 0, output: 0 },
  "mock-": { input: 0, output: 0 },
  "gemini-2.0-flash-lite": { input: 0.075, output: 0.3 },
  "gemini-2.0-flash": { input: 0.1, output: 0.4 },
  "gemini-2.5-flash-lite": { input: 0.1, output: 0.4 },
  "gemini-2.5-flash": { input: 0.3, output: 2.5 },
  "gemini-2.5-pro": { input: 1.25, output: 10 },
  "gpt-4o-mini": { input: 0.15, output: 0.6 },
  "gpt-4o": { input: 2.5, output: 10 },
  "gpt-4.1-nano": { input: 0.1, output: 0.4 },
  "gpt-4.1-mini": { input: 0.4, output: 1.6 },
  "gpt-4.1": { input: 2, output: 8 },
  "gpt-5-nano": { input: 0.05, output: 0.4 },
  "gpt-5-mini": { input: 0.25, output: 2 },
  "gpt-5.6-luna": { input: 0.2, output: 1.2 },
  "gpt-5.6-terra": { input: 2, output: 12 },
  "gpt-6-luna": { input: 0.1, output: 0.5 },
  "gpt-6-sol": { input: 2, output: 10 },
  "gpt-6-astra": { input: 10, output: 50 },
};

/**
 * What a call cost in US dollars. A dated or tagged version costs what its model does: `gpt-4o-2024-11-20`.
 *
 * @param model As the provider names it; a `vendor/` or `models/` in front is passed over.
 * @returns `undefined` when the model has no price.
 */
export function costOf(model: string, { inputTokens, outputTokens }: TokenUsage, own: Prices = {}): number | undefined {
  const price = findPrice(own, model) ?? findPrice(listPrices, model);
  return price && (inputTokens * price.input + outputTokens * price.output) / 1_000_000;
}

function findPrice(prices: Prices, model: string): Price | undefined {
  const name = model.slice(model.lastIndexOf("/") + 1);
  const fitting = Object.keys(prices).filter((key) => key === model || key === name || isVersionOf(name, key));
  const [best] = fitting.sort((a, b) => b.length - a.length);
  return best === undefined ? undefined : prices[best];
}

/** `gpt-4o-2024-11-20` and `gemini-2.5-pro-preview-05-06` are versions; `gpt-4o-mini` is another model. */
function isVersionOf(name: string, key: string): boolean {
  if (!name.startsWith(key)) return false;
  return key.endsWith("-") || /^(?:-(?:\d{3,}|latest|preview|exp)|:|@)/.test(name.slice(key.length));
}
