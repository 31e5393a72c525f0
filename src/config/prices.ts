import type { EnvReader } from "./env-reader.ts";

/** US dollars for a million tokens. */
export interface Price {
  input: number;
  output: number;
}

/** Model name, or the beginning of one → price. */
export type Prices = Readonly<Record<string, Price>>;

/** `AI_PRICES`: `{"my-model": {"input": 0.1, "output": 0.5}}`. */
export function readPrices(env: EnvReader): Prices {
  const text = env.text("AI_PRICES");
  if (text === undefined) return {};
  const table = parseObject(text);
  const valid = table && Object.values(table).every(isPrice);
  if (!valid)
    env.problem(
      'AI_PRICES must be JSON like {"my-model": {"input": 0.1, "output": 0.5}}: US dollars for a million tokens',
    );
  return valid ? (table as Prices) : {};
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function isPrice(value: unknown): value is Price {
  const { input, output } = (value ?? {}) as Partial<Price>;
  return [input, output].every((one) => typeof one === "number" && one >= 0 && one < 1e6);
}
