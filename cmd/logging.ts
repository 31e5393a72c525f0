import type { Logger } from "../src/mod.ts";
import type { CommandContext } from "./context.ts";

/** The logger of a long-running command, as LOG_LEVEL and LOG_FORMAT say. */
export async function openLogger({ env, stderr }: CommandContext): Promise<Logger> {
  const { createLogger, parseLog } = await import("../src/mod.ts");
  const config = parseLog(env, { terminal: stderr.isTTY === true });
  return createLogger({ ...config, color: stderr.isTTY === true && env["NO_COLOR"] === undefined });
}
