import { OrchestratorError } from "../errors.ts";
import { within } from "../within.ts";

/** What one look at one dependency found. */
export interface Finding {
  /** `problem`: something does not work; `warning`: it works, and somebody should look; `skipped`: not looked at. */
  level: "ok" | "warning" | "problem" | "skipped";
  message: string;
  /** What to do. Every problem and warning has it. */
  advice?: string | undefined;
  /** Of a problem: the exit status of a command that meets it. */
  exitStatus?: number;
}

export interface Check {
  name: string;
  timeoutMs: number;
  /** Each thing found. What it throws is a problem. */
  run(): Promise<Finding[]>;
}

export interface Diagnosis extends Finding {
  check: string;
}

/** Runs all checks at once, each within its own time: one that hangs keeps no other from being told. */
export async function runChecks(checks: readonly Check[]): Promise<Diagnosis[]> {
  const all = await Promise.all(
    checks.map(async (check) => (await runCheck(check)).map((finding) => ({ check: check.name, ...finding }))),
  );
  return all.flat();
}

async function runCheck({ timeoutMs, run }: Check): Promise<Finding[]> {
  try {
    return await within(timeoutMs, run(), () => new SilentError());
  } catch (error) {
    return [describe(error, timeoutMs)];
  }
}

class SilentError extends Error {
  override readonly name = "SilentError";
}

function describe(error: unknown, timeoutMs: number): Finding {
  if (error instanceof SilentError) {
    return {
      level: "problem",
      message: `No answer within ${timeoutMs / 1000} s.`,
      advice: "Something on the way swallows the connection: check firewall, security groups and DNS.",
      exitStatus: 16,
    };
  }
  if (!(error instanceof OrchestratorError)) throw error;
  const [message, advice] = splitProblem(error.message);
  return { level: "problem", message, advice, exitStatus: error.exitStatus };
}

/** Our errors say what is wrong, and after a colon or a full stop what to do. */
export function splitProblem(problem: string): [message: string, advice: string | undefined] {
  const [, message = problem, advice] = /^(.*?)(?:: |\. )(.*)$/s.exec(problem) ?? [];
  return advice === undefined ? [message, undefined] : [`${message}.`, capitalize(advice)];
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
