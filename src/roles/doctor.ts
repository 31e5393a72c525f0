import { sql } from "drizzle-orm";
import type { DoctorConfig } from "../config/doctor-config.ts";
import type { StorageConfig } from "../config/sections.ts";
import { type Check, type Diagnosis, type Finding, runChecks, splitProblem } from "../doctor/check.ts";
import { checkChromium } from "../doctor/check-chromium.ts";
import { checkDatabase } from "../doctor/check-database.ts";
import { checkPreviewUrl } from "../doctor/check-preview-url.ts";
import { checkPreviewsPath } from "../doctor/check-previews-path.ts";
import { checkProvider } from "../doctor/check-provider.ts";
import { checkQueue } from "../doctor/check-queue.ts";
import { checkTelegram } from "../doctor/check-telegram.ts";
import type { SiteId } from "../ids.ts";
import type { Webhook } from "../telegram/webhook.ts";

/**
 * Looks at the configuration and everything it names. Changes nothing but for a file that comes and goes.
 *
 * @param options.askProvider Costs a few tokens.
 */
export async function examine(config: DoctorConfig, options: { askProvider: boolean }): Promise<Diagnosis[]> {
  const { embedded, storage, telegram, ai, preview, chromiumPath } = config;
  const webhook = Promise.withResolvers<Webhook | undefined>();
  const own: Check[] = [{ name: "configuration", timeoutMs: 1000, run: async () => judge(config) }];
  const checks: Check[] = [];
  const skipped = (name: string, message: string): Check => ({
    name,
    timeoutMs: 1000,
    run: async () => [{ level: "skipped", message }],
  });
  const misconfigured = (name: string) => skipped(name, "Not looked at: its configuration is wrong.");

  own.push(storage ? checkDatabase(storage) : misconfigured("database"));
  if (storage?.mode === "services") own.push(checkQueue(storage.rabbitmqUrl));
  else own.push(embedded ? skipped("queue", "Embedded: in the process.") : misconfigured("queue"));

  if (telegram) {
    const onWebhook = webhook.resolve;
    const check = checkTelegram(telegram, { expectsWebhook: !embedded || config.hasSecretToken, onWebhook });
    checks.push({ ...check, run: () => check.run().finally(() => webhook.resolve(undefined)) });
  } else {
    webhook.resolve(undefined);
    const unwanted = embedded && !config.hasBotToken;
    checks.push(unwanted ? skipped("telegram", "No bot: TELEGRAM_BOT_TOKEN is not set.") : misconfigured("telegram"));
  }

  checks.push(ai ? checkProvider(ai, { ask: options.askProvider }) : misconfigured("ai provider"));
  if (preview) {
    const findPublishedSite = () => findPublished(storage);
    checks.push(
      checkPreviewsPath(preview.path, { embedded, findPublishedSite }),
      checkPreviewUrl(preview.baseUrl, { embedded, webhook: webhook.promise }),
    );
  } else {
    checks.push(misconfigured("previews path"), misconfigured("preview url"));
  }
  if (chromiumPath !== undefined) checks.push(checkChromium(chromiumPath));
  // Names outside come last: while two of them hang, on a machine with two cores no other name is looked up.
  return [...(await runChecks(own)), ...(await runChecks(checks))];
}

function judge({ problems, embedded, hasSecretToken }: DoctorConfig): Finding[] {
  const findings: Finding[] = problems.map((problem) => {
    const [message, advice = "See `orchestrator help`."] = splitProblem(problem);
    return { level: "problem", message, advice, exitStatus: 10 };
  });
  if (!(embedded || hasSecretToken)) {
    findings.push({
      level: "warning",
      message: "TELEGRAM_SECRET_TOKEN is not set, and serve-api does not start without it.",
      advice: "Choose a random secret (openssl rand -hex 32) and run `orchestrator webhook set`.",
    });
  }
  if (findings.length > 0) return findings;
  return [{ level: "ok", message: embedded ? "Complete; embedded mode." : "Complete; the real stack." }];
}

/** The site whose page came last. Whether the database answers is another check's business. */
async function findPublished(storage: StorageConfig | undefined): Promise<SiteId | undefined> {
  if (storage?.mode !== "services") return undefined;
  const { openPostgres } = await import("../db/postgres.ts");
  await using db = openPostgres({ url: storage.databaseUrl, poolSize: 1 });
  const [site] = await db
    .query<{ id: SiteId }>(sql`
      select id from sites where current_revision is not null and removal is null order by updated_at desc limit 1`)
    .catch(() => []);
  return site?.id;
}
