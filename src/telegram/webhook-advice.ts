import { allowedUpdates } from "./intake.ts";
import { type Webhook, webhookPath } from "./webhook.ts";

/** What Telegram says of failed deliveries, and what it usually is. */
const causes: readonly (readonly [RegExp, string])[] = [
  [
    /\b401\b/,
    "The secret differs: run `orchestrator webhook set` with the same TELEGRAM_SECRET_TOKEN that the API has.",
  ],
  [/\b404\b/, `Nothing takes updates at that address: it must lead to ${webhookPath} of serve-api.`],
  [/\b413\b/, "The proxy takes smaller bodies than Telegram sends: allow 1 MiB."],
  [/\b50[234]\b/, "The proxy does not reach the API, or the API has no database: see /ready of serve-api."],
  [/\b500\b/, "The API, or the proxy before it, fails: see its log."],
  [/ssl|certificate/i, "The certificate is not one that Telegram trusts, or lacks its chain."],
  [/resolve|host/i, "The host's name does not resolve."],
  [/timed? ?out|refused|unreachable|reset/i, "Telegram cannot connect: check DNS, firewall and proxy."],
];

/**
 * What keeps updates from arriving as they should, in sentences for the operator.
 *
 * @param since Failed deliveries before this time are of the past.
 */
export function adviseOnWebhook(webhook: Webhook | undefined, { since }: { since: Date }): string[] {
  if (webhook === undefined) {
    return [`The bot has no webhook, so nothing arrives: run \`orchestrator webhook set https://…${webhookPath}\`.`];
  }
  const advice: string[] = [];
  if (URL.parse(webhook.url)?.pathname.endsWith(webhookPath) !== true) {
    advice.push(
      `The webhook leads elsewhere (${hostOf(webhook)}), to another program perhaps: if it should lead here, run \`orchestrator webhook set https://…${webhookPath}\`.`,
    );
  }
  const missing = allowedUpdates.filter((kind) => webhook.allowedUpdates?.includes(kind) === false);
  if (missing.length > 0) {
    advice.push(`Telegram is not asked for ${missing.join(", ")}: run \`orchestrator webhook set\` again.`);
  }
  const { lastError } = webhook;
  if (lastError !== undefined && lastError.at >= since) {
    const cause = causes.find(([pattern]) => pattern.test(lastError.message))?.[1];
    if (cause !== undefined) advice.push(cause);
  }
  return advice;
}

/** The address may hold a secret in its path or query. */
function hostOf({ url }: Webhook): string {
  return URL.parse(url)?.host ?? "an address that is none";
}
