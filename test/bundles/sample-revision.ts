import type { Revision } from "../../src/bundles/publish-revision.ts";
import { createJobId, createSiteId } from "../../src/ids.ts";
import { sanitize } from "../../src/sanitizer/sanitize.ts";

export const samplePage = sanitize(`<title>Coffee</title><p>${"Good morning. ".repeat(300)}</p>`).html;

export function createRevision(given: Partial<Revision> = {}): Revision {
  return {
    siteId: createSiteId(),
    revision: 1,
    jobId: createJobId(),
    title: "Coffee",
    provider: "mock",
    model: "mock-1",
    createdAt: new Date("2026-01-02T03:04:05Z"),
    sanitizer: { version: "1", report: { removed: 0, rules: {} } },
    files: new Map<string, string | Uint8Array>([
      ["index.html", samplePage],
      ["assets/style.css", "p { color: rebeccapurple }\n".repeat(20)],
      ["assets/dot.png", new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10])],
    ]),
    ...given,
  };
}
