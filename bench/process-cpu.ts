import { readFileSync } from "node:fs";

const ticksPerSecond = 100;

/** User and system time a process has used so far, in milliseconds. Linux only; resolution 10 ms. */
export function processCpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
}

/** As {@link processCpuMs}, of a process, its descendants, and those of them that ended. */
export function processTreeCpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  const own = fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0);
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean);
  return (own * 1000) / ticksPerSecond + children.reduce((sum, child) => sum + treeOf(Number(child)), 0);
}

function treeOf(pid: number): number {
  try {
    return processTreeCpuMs(pid);
  } catch {
    // It ended meanwhile, and is in its parent's account by the next look.
    return 0;
  }
}
