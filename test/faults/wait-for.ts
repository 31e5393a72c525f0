/**
 * Waits for a state that nothing announces. A condition that throws is not met: the database may be down.
 *
 * @returns Milliseconds it took.
 * @throws When it is not reached within `limitMs`, which is generous: a busy machine is no fault.
 */
export async function waitFor(
  what: string,
  reached: () => boolean | Promise<boolean>,
  limitMs = 180_000,
): Promise<number> {
  const started = performance.now();
  while (!(await attempt(reached))) {
    if (performance.now() - started > limitMs) throw new Error(`waited ${limitMs / 1000} s for: ${what}`);
    await Bun.sleep(10);
  }
  return performance.now() - started;
}

async function attempt(reached: () => boolean | Promise<boolean>): Promise<boolean> {
  try {
    return await reached();
  } catch {
    return false;
  }
}
