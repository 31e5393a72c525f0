import { readFileSync } from "node:fs";

const ticksPerSecond = 100;

/** User and system time a process has used so far, in milliseconds. Linux only; resolution 10 ms. */
export function processCpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
}
