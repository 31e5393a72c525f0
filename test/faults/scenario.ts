import { checkLedger, type Ledger } from "./ledger.ts";
import { Stage } from "./stage.ts";
import type { World } from "./world.ts";

export interface Scenario {
  number: number;
  /** What goes wrong, in a few words. */
  fault: string;
  /** Also among the ordinary integration tests: quick, and of the faults that matter most. */
  short?: true;
  /** Mostly waits for time to pass: played beside the others, in a world of its own. */
  patient?: true;
  /** Asserts what is special about the fault; the ledger is checked afterwards. */
  run(stage: Stage): Promise<Finding>;
}

export interface Finding {
  /** From the fault, or from the end of it, until work went on. */
  recoveredMs?: number;
  note?: string;
}

export interface Report extends Ledger, Finding {
  number: number;
  fault: string;
  tookMs: number;
}

/** Plays a scenario on a stage of its own and checks its ledger. Never throws: what went wrong is a violation. */
export async function play(scenario: Scenario, world: World): Promise<Report> {
  const { number, fault } = scenario;
  const started = performance.now();
  const nothing = { accepted: 0, completed: 0, lost: 0, doubled: 0, violations: [] };
  const report = (found: Ledger & Finding): Report => ({
    number,
    fault,
    ...found,
    tookMs: performance.now() - started,
  });
  try {
    await using stage = await Stage.open(world);
    let finding: Finding = {};
    const violations: string[] = [];
    try {
      finding = await scenario.run(stage);
    } catch (error) {
      violations.push((error as Error).message);
    }
    const ledger = await checkLedger(stage);
    violations.push(...ledger.violations, ...(await stage.deserters()));
    return report({ ...ledger, ...finding, violations });
  } catch (error) {
    return report({ ...nothing, violations: [String((error as Error).stack ?? error)] });
  }
}

/** One line of the table. */
export function formatReport({ number, fault, accepted, completed, lost, doubled, ...rest }: Report): string {
  const { recoveredMs, note, tookMs, violations } = rest;
  const columns = [
    String(number).padStart(3),
    fault.padEnd(58),
    ...[accepted, completed, lost, doubled].map((count) => String(count).padStart(8)),
    (recoveredMs === undefined ? "" : `${(recoveredMs / 1000).toFixed(2)} s`).padStart(9),
    `${(tookMs / 1000).toFixed(0)} s`.padStart(6),
    violations.length === 0 ? "ok" : "VIOLATED",
  ];
  return [columns.join(" ") + (note ? `  ${note}` : ""), ...violations.map((one) => `      ! ${one}`)].join("\n");
}

export const tableHead = [
  "  #",
  "fault".padEnd(58),
  ...["accepted", "once", "lost", "doubled"].map((word) => word.padStart(8)),
  "recovery".padStart(9),
  "took".padStart(6),
].join(" ");
