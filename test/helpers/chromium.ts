import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Of a browser that may be there. */
export const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

/** Whether there is a browser to test in. */
export const hasChromium = existsSync(executablePath);

/** Headless Chromium that talks to nobody on its own account. */
export function openChromium(...flags: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath,
    timeout: 120_000,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", ...quiet, ...flags],
  });
}
