import type { Logger } from "../src/mod.ts";
import type { CommandContext } from "./context.ts";

/**
 * The logger of a command, as LOG_LEVEL and LOG_FORMAT say.
 *
 * @param unasked The level without LOG_LEVEL; by default the documented one.
 */
export async function openLogger(
  { env, stderr }: CommandContext,
  { unasked }: { unasked?: "error" } = {},
): Promise<Logger> {
  const { createLogger, parseLog } = await import("../src/mod.ts");
  const { format, level } = parseLog(env, { terminal: stderr.isTTY === true });
  return createLogger({
    format,
    level: env["LOG_LEVEL"]?.trim() ? level : (unasked ?? level),
    color: stderr.isTTY === true && env["NO_COLOR"] === undefined,
  });
}
