const statuses = {
  0: "done",
  1: "a bug in orchestrator",
  2: "wrong usage",
  10: "configuration",
  11: "database",
  12: "queue",
  13: "AI provider",
  14: "the AI's output could not be used",
  15: "not found",
  16: "timed out waiting",
  130: "interrupted",
} as const;

export type ExitStatus = keyof typeof statuses;

/** The end of a command's help: the variables it reads and the statuses it exits with, where needed in its own words. */
export function helpEnding({
  variables,
  exits,
}: {
  variables: readonly (readonly [string, string])[];
  exits: readonly (ExitStatus | readonly [ExitStatus, string])[];
}): string {
  const width = Math.max(3, ...variables.map(([name]) => name.length));
  const environment = variables.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
  const exit = exits
    .map((one) => (typeof one === "number" ? ([one, statuses[one]] as const) : one))
    .map(([status, text]) => `  ${String(status).padEnd(width)}  ${text}`);
  return [...(environment.length > 0 ? ["", "Environment:", ...environment] : []), "", "Exit status:", ...exit].join(
    "\n",
  );
}

const database = ["DATABASE_URL", "address of Postgres, postgres://user:password@host:5432/database"] as const;

/** One line per variable, the same in every help. */
export const variables = {
  services: [database, ["RABBITMQ_URL", "address of RabbitMQ, amqp://user:password@host:5672"]],
  embeddedOrServices: [
    ["DATABASE_URL", "address of Postgres; with RABBITMQ_URL: the real stack, neither: embedded"],
    ["RABBITMQ_URL", "address of RabbitMQ"],
    ["ORCHESTRATOR_DATA_DIR", "data of the embedded mode (default ~/.local/share/orchestrator)"],
  ],
  database: [database],
  embeddedOrDatabase: [
    ["DATABASE_URL", "address of Postgres; without it: embedded"],
    ["ORCHESTRATOR_DATA_DIR", "data of the embedded mode (default ~/.local/share/orchestrator)"],
  ],
  telegram: [
    ["TELEGRAM_BOT_TOKEN", "token of the bot, from @BotFather"],
    ["TELEGRAM_API_ROOT", "Bot API server (default https://api.telegram.org)"],
    ["TELEGRAM_ALLOWED_USERS", "numeric ids that may use the bot (default everyone)"],
    ["TELEGRAM_ADMIN_USERS", "numeric ids of operators: commands of their own, and alerts (default nobody)"],
    ["DAILY_LIMIT", "finished pages per Telegram user and day (default no limit)"],
  ],
  secret: [["TELEGRAM_SECRET_TOKEN", "secret that Telegram sends with each update, 1-256 of A-Za-z0-9_-"]],
  apiToken: [["API_TOKEN", "bearer token of the job API; without it that API is off"]],
  ai: [
    ["AI_PROVIDER", "gemini, openai or mock (default mock)"],
    ["AI_API_KEY", "key of the provider"],
    ["AI_MODEL", "model to ask (default per provider)"],
    ["AI_BASE_URL", "another server with the provider's API"],
    ["AI_TIMEOUT", "seconds for one reply (default 120)"],
    ["AI_PRICES", "prices of models, JSON, US dollars for a million tokens"],
  ],
  worker: [
    ["MAX_RETRIES", "retries after the first attempt (default 5)"],
    ["RETRY_BASE_DELAY", "seconds before the first retry, at most (default 2)"],
    ["RETRY_MAX_DELAY", "seconds before any retry, at most (default 300)"],
    ["SITE_TTL_DAYS", "days that a site stays after its latest revision (default for good)"],
  ],
  preview: [
    ["PREVIEW_BASE_URL", "public address of the preview server; a * label gives each site its own origin"],
    ["PREVIEWS_PATH", "directory of the published pages"],
  ],
  listen: [
    ["PORT", "port to listen on"],
    ["HOST", "address to listen on"],
  ],
  log: [
    ["LOG_LEVEL", "DEBUG, INFO, WARNING or ERROR (default INFO)"],
    ["LOG_FORMAT", "console or json (default console on a terminal)"],
  ],
  tracing: [
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "where traces go, by OTLP over HTTP; without it nothing is traced"],
    ["OTEL_SERVICE_NAME", "whose traces they are (default orchestrator)"],
  ],
} as const;
