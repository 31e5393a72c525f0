import type { Webhook } from "../telegram/webhook.ts";
import type { Check, Finding } from "./check.ts";

const timeoutMs = 8000;
const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|.*\.localhost)$/;

/**
 * The public address of the pages: that it leads to a preview server, by https, and on another domain than the API,
 * so that nothing a page does concerns anything else.
 *
 * @param webhook Where the API is, as far as Telegram knows.
 */
export function checkPreviewUrl(
  baseUrl: string,
  { embedded, webhook }: { embedded: boolean; webhook: Promise<Webhook | undefined> },
): Check {
  return {
    name: "preview url",
    timeoutMs: timeoutMs + 14_000,
    async run() {
      // In origin mode any first label leads there.
      const url = new URL(`${baseUrl.replace("*", "doctor")}/health`);
      const findings = [await reach(url, embedded)];
      if (url.protocol === "http:" && !loopback.test(url.hostname)) {
        findings.push({
          level: "warning",
          message: "PREVIEW_BASE_URL is not https.",
          advice: "Put the preview server behind a proxy with a certificate; deploy/nginx.conf shows how.",
        });
      }
      const api = URL.parse((await webhook)?.url ?? "")?.hostname;
      const pages = new URL(baseUrl.replace("*.", "")).hostname;
      if (api !== undefined && (api === pages || api.endsWith(`.${pages}`))) {
        findings.push({
          level: "warning",
          message: `Pages and API share the domain ${pages}.`,
          advice: "Serve pages from a domain of their own: whatever a page could do then concerns nothing else.",
        });
      }
      return findings;
    },
  };
}

async function reach(url: URL, embedded: boolean): Promise<Finding> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: "manual" });
    await response.body?.cancel();
    // Whatever else answers there has no such policy.
    const ours = response.headers.get("content-security-policy")?.includes("sandbox") === true;
    if (response.status === 200 && ours) return { level: "ok", message: `${url.origin} is a preview server.` };
    return {
      level: "problem",
      message: `${url.origin} answers ${response.status}, and is not our preview server.`,
      advice: "Correct PREVIEW_BASE_URL, or where its proxy leads: to serve-preview, port 8001.",
      exitStatus: 10,
    };
  } catch {
    if (embedded) {
      return {
        level: "skipped",
        message: `Nothing serves ${url.origin} now; \`orchestrator up\` or \`serve-preview\` does.`,
      };
    }
    return {
      level: "problem",
      message: `${url.origin} does not answer from here.`,
      advice: "Start serve-preview and check DNS, certificate and proxy. From inside a network this may be normal.",
      exitStatus: 10,
    };
  }
}
