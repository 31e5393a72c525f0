import { Api } from "grammy";

/** Typed client of the Bot API. Errors it throws quote the token: only {@link describeFailure} may turn them into words. */
export type TelegramApi = Api;

type Signal = Parameters<Api["getMe"]>[0];

/** Longer than any call of ours may take; each call brings a signal with its own, shorter deadline. */
const lastResortSeconds = 90;

/** @param apiRoot A trailing slash is tolerated. */
export function createTelegramApi({ botToken, apiRoot }: { botToken: string; apiRoot: string }): TelegramApi {
  return new Api(botToken, { apiRoot: apiRoot.replace(/\/+$/, ""), timeoutSeconds: lastResortSeconds });
}

/** The platform's signal as grammY's types, which are older than the platform's, want it. It works as it is. */
export function abortedBy(signal: AbortSignal): Signal {
  return signal as unknown as Signal;
}
