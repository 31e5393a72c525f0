/**
 * What the sanitizer took out and why: counts by rule, no content. Goes into the manifest, the
 * logs and the summary for the user.
 */
export interface SanitizeReport {
  /** Things removed or changed, all rules together. 0 means the input came through whole. */
  removed: number;
  /** Count per rule, e.g. `{ "element:script": 2, "attribute:on*": 3, "url:scheme": 1 }`. Only rules that fired. */
  rules: Record<string, number>;
}
