import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

export const hasBrowser = existsSync(executablePath);

/** Headless Chromium that asks nobody for anything by itself. */
export function openBrowser(): Promise<Browser> {
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
  return chromium.launch({ executablePath, args: [...flags, "--disable-component-update", "--disable-sync"] });
}
