/**
 * What the sanitizer took out and why: counts by rule, no content. Goes into the manifest, the
 * logs and the summary for the user.
 */
export interface SanitizeReport {
  /** Things removed or changed, all rules together. 0 means the input came through whole. */
  removed: number;
  /** Count per rule, e.g. `{ "element:script": 2, "attribute:handler": 3, "url:scheme": 1 }`. Only rules that fired. */
  rules: Record<string, number>;
}

/**
 * Counts the rules that fired. A rule's name comes from our own vocabulary, never from the input, so a report
 * cannot carry content.
 */
export class Tally {
  readonly #rules = new Map<string, number>();

  add(rule: string): void {
    this.#rules.set(rule, (this.#rules.get(rule) ?? 0) + 1);
  }

  report(): SanitizeReport {
    let removed = 0;
    const rules: Record<string, number> = {};
    for (const rule of [...this.#rules.keys()].sort()) {
      const count = this.#rules.get(rule) ?? 0;
      rules[rule] = count;
      removed += count;
    }
    return { removed, rules };
  }
}
