import { withLimits } from "./limits.ts";
import { createMockProvider } from "./mock/mock-provider.ts";
import type { Provider, ProviderName } from "./provider.ts";

export interface ProviderConfig {
  provider: ProviderName;
  apiKey?: string | undefined;
  baseUrl?: string | undefined;
  /** The provider's own default when absent. */
  model?: string | undefined;
  timeoutMs: number;
  idleMs?: number | undefined;
  maxBytes?: number | undefined;
  maxOutputTokens?: number | undefined;
}

/** The configured provider within its limits. An SDK is loaded only when it is the one to be used. */
export async function createProvider(config: ProviderConfig): Promise<Provider> {
  return withLimits(await adapter(config), config);
}

async function adapter(config: ProviderConfig): Promise<Provider> {
  switch (config.provider) {
    case "openai":
      return (await import("./openai.ts")).createOpenAiProvider(config);
    case "gemini":
      return (await import("./gemini.ts")).createGeminiProvider({ ...config, apiKey: config.apiKey ?? "" });
    case "mock":
      return createMockProvider();
  }
}
