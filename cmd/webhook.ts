import { type Command, InvalidArgumentError } from "commander";
import type { Webhook, WebhookReport } from "../src/mod.ts";
import type { CommandContext } from "./context.ts";
import { helpEnding, variables } from "./help-text.ts";

const [token, apiRoot] = variables.telegram;
const exits = [0, 1, 2, 10, [16, "Telegram does not answer"], 130] as const;

export function registerWebhook(program: Command, context: CommandContext): void {
  const webhook = program
    .command("webhook")
    .summary("tell Telegram where to deliver updates")
    .description("Register, show or delete the bot's webhook: the address at which Telegram delivers updates.")
    .addHelpText("after", helpEnding({ variables: [token, ...variables.secret, apiRoot], exits }));

  webhook
    .command("set")
    .summary("have updates delivered to serve-api")
    .description(
      "Have updates delivered to serve-api at <url>, with the secret and the kinds of updates that are handled. An address without a path gets /telegram/webhook. Updates that wait are kept.",
    )
    .argument("<url>", "public address of serve-api, e.g. https://api.example.com")
    .option("--max-connections <number>", "deliveries at once, 1 to 100 (default 40)", connections)
    .option("--drop-pending", "throw away updates that wait: messages of people among them")
    .option("--json", "print one JSON object")
    .addHelpText("after", helpEnding({ variables: [token, ...variables.secret, apiRoot], exits }))
    .action(async (url: string, flags: { maxConnections?: number; dropPending?: true; json?: true }) => {
      const { openWebhooks, parseSetWebhook } = await import("../src/mod.ts");
      const config = parseSetWebhook(context.env);
      const webhooks = await openWebhooks(config, context.signal);
      const report = await webhooks.set({
        url,
        secretToken: config.secretToken,
        maxConnections: flags.maxConnections,
        dropPending: flags.dropPending === true,
      });
      print(report, flags, context);
    });

  webhook
    .command("info")
    .summary("show where updates go and how deliveries fare")
    .description("Show where Telegram delivers updates, how many wait, the last failure, and what to do about it.")
    .option("--json", "print one JSON object")
    .addHelpText("after", helpEnding({ variables: [token, apiRoot], exits }))
    .action(async (flags: { json?: true }) => {
      const { openWebhooks, parseWebhook } = await import("../src/mod.ts");
      const webhooks = await openWebhooks(parseWebhook(context.env), context.signal);
      print(await webhooks.info(), flags, context);
    });

  webhook
    .command("delete")
    .summary("stop deliveries")
    .description("Stop deliveries. Updates wait at Telegram, up to a day, until they are polled or a webhook is set.")
    .option("--drop-pending", "throw away updates that wait: messages of people among them")
    .option("--json", "print one JSON object")
    .addHelpText("after", helpEnding({ variables: [token, apiRoot], exits }))
    .action(async (flags: { dropPending?: true; json?: true }) => {
      const { openWebhooks, parseWebhook } = await import("../src/mod.ts");
      const webhooks = await openWebhooks(parseWebhook(context.env), context.signal);
      const deleted = await webhooks.delete({ dropPending: flags.dropPending === true });
      if (flags.json) context.stdout.write(`${JSON.stringify({ deleted: deleted?.url ?? null })}\n`);
      else context.stdout.write(deleted ? `deleted ${deleted.url}\n` : "There was no webhook.\n");
    });
}

function connections(value: string): number {
  if (!/^\d{1,3}$/.test(value) || Number(value) < 1 || Number(value) > 100)
    throw new InvalidArgumentError("It must be a whole number from 1 to 100.");
  return Number(value);
}

function print(
  { webhook, advice }: WebhookReport,
  { json }: { json?: true },
  { stdout, stderr }: CommandContext,
): void {
  if (json) {
    stdout.write(`${JSON.stringify({ url: null, ...webhook, advice })}\n`);
    return;
  }
  stdout.write(
    webhook === undefined ? "No webhook is set: the bot can be polled (orchestrator up).\n" : toTable(webhook),
  );
  for (const sentence of advice) stderr.write(`${sentence}\n`);
}

function toTable(webhook: Webhook): string {
  const { lastError } = webhook;
  const rows: [string, string | number | undefined][] = [
    ["url", webhook.url],
    ["ip address", webhook.ipAddress],
    ["pending updates", webhook.pendingUpdates],
    ["max connections", webhook.maxConnections],
    ["allowed updates", webhook.allowedUpdates?.join(", ") ?? "Telegram's default"],
    ["last error", lastError ? `${lastError.at.toISOString()} ${lastError.message}` : "none"],
  ];
  return rows
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name.padEnd(15)}  ${value}\n`)
    .join("");
}
