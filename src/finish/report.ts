/** What the finisher did and what it could not do: counts by rule, no content. Goes into the manifest. */
export interface FinishReport {
  /** Added or changed, e.g. `{ "head:viewport": 1 }`. */
  fixed: Record<string, number>;
  /** Found and left as it is, e.g. `{ "heading:order": 1 }`. */
  found: Record<string, number>;
}

/** Rules have names of our own, so a report cannot carry content. */
export class FinishTally {
  readonly #fixed = new Map<string, number>();
  readonly #found = new Map<string, number>();

  fix(rule: string, times = 1): void {
    this.#fixed.set(rule, (this.#fixed.get(rule) ?? 0) + times);
  }

  find(rule: string, times = 1): void {
    this.#found.set(rule, (this.#found.get(rule) ?? 0) + times);
  }

  report(): FinishReport {
    return { fixed: sorted(this.#fixed), found: sorted(this.#found) };
  }
}

function sorted(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
