import pino from "pino";
import { OrchestratorError } from "./errors.ts";

export type Logger = pino.Logger;

export interface LoggerOptions {
  level: "debug" | "info" | "warn" | "error" | "silent";
  format: "console" | "json";
  color: boolean;
}

/**
 * Logs to standard error, one line an event. Callers name jobs and sites by id; prompts, pages, tokens and keys are
 * never passed in.
 */
export function createLogger({ level, format, color }: LoggerOptions): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: describeError },
  };
  // Not `transport`: it starts a worker thread from a file that a compiled binary does not have.
  if (format === "console") return pino(options, prettyWhenNeeded(color));
  return pino(options, pino.destination({ dest: 2, sync: true }));
}

/** Most commands on a terminal log nothing: what makes lines pretty is loaded with the first. */
function prettyWhenNeeded(colorize: boolean): pino.DestinationStream {
  let stream: pino.DestinationStream | undefined;
  return {
    write(line) {
      const pretty = require("pino-pretty") as typeof import("pino-pretty");
      stream ??= pretty({ colorize, destination: 2, sync: true, translateTime: "SYS:HH:MM:ss" });
      stream.write(line);
    },
  };
}

/**
 * Our own errors are written to be read, by message and code. Of anybody else's only name, code and stack are kept:
 * a driver's message can quote the statement's values.
 */
function describeError(error: unknown): Record<string, unknown> {
  if (error instanceof OrchestratorError) return { type: error.name, code: error.code, message: error.message };
  if (!(error instanceof Error)) return { type: typeof error };
  const stack = error.stack?.split("\n").filter((line) => line.trimStart().startsWith("at "));
  return { type: error.name, code: (error as { code?: string }).code, stack: stack?.join("\n") };
}
