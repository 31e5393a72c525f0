/** Waits for a state that nothing announces. The test's own timeout is the only limit. */
export async function until(reached: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await reached())) await Bun.sleep(5);
}
