import { describe, expect, test } from "bun:test";
import { costOf } from "../../src/ai/prices.ts";

const million = { inputTokens: 1_000_000, outputTokens: 1_000_000 };

describe("what a call costs", () => {
  test.each([
    ["gemini-2.0-flash", 0.5],
    ["gemini-2.0-flash-001", 0.5],
    ["gemini-2.0-flash-lite", 0.375],
    ["models/gemini-2.5-pro", 11.25],
    ["gpt-4o-2024-11-20", 12.5],
    ["gpt-4o-mini", 0.75],
    ["openai/gpt-6-luna", 0.6],
    ["mock-1", 0],
  ])("%s", (model, dollars) => {
    expect(costOf(model, million)).toBeCloseTo(dollars);
  });

  test("is not guessed for a model that is not in the list", () => {
    expect(costOf("gpt-4o-realtime", million)).toBeUndefined();
    expect(costOf("llama-4", million)).toBeUndefined();
  });

  test("is what the operator says before what the list says", () => {
    const own = { "gpt-4o": { input: 1, output: 1 }, "llama-": { input: 0, output: 3 } };
    expect(costOf("gpt-4o", million, own)).toBe(2);
    expect(costOf("llama-4", million, own)).toBe(3);
    expect(costOf("gpt-4.1", million, own)).toBeCloseTo(10);
  });

  test("counts input and output apart", () => {
    expect(costOf("gpt-4o", { inputTokens: 200, outputTokens: 3000 })).toBeCloseTo(0.0305);
  });
});
