import { createProvider } from "../ai/create-provider.ts";
import type { AiConfig } from "../config/sections.ts";
import type { Check } from "./check.ts";

const askTimeoutMs = 30_000;
/** Short, and abandoned at the first word of the answer. */
const question = "A page that says: ok";

/** The AI provider: which one, and with `ask` whether it answers. That call costs a few tokens. */
export function checkProvider(config: AiConfig, { ask }: { ask: boolean }): Check {
  return {
    name: "ai provider",
    timeoutMs: askTimeoutMs + 2000,
    async run() {
      const provider = await createProvider({ ...config, timeoutMs: Math.min(config.timeoutMs, askTimeoutMs) });
      const who = `${provider.name}, model ${provider.model}`;
      if (!ask) return [{ level: "ok", message: `${who}. Not asked; --ai asks it something small.` }];
      const started = performance.now();
      const stop = new AbortController();
      try {
        for await (const event of provider.generate({ prompt: question, thinking: "less", signal: stop.signal })) {
          if (event.type === "finish" && event.finish !== "stop") continue;
          const ms = Math.round(performance.now() - started);
          return [{ level: "ok", message: `${who}, answers after ${ms} ms.` }];
        }
      } finally {
        stop.abort();
      }
      return [
        {
          level: "problem",
          message: `${who}, answers with nothing.`,
          advice: "Try another AI_MODEL; this one may be restricted for your key.",
          exitStatus: 13,
        },
      ];
    },
  };
}
