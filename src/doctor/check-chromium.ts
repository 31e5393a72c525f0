import { createThumbnailer } from "../thumbnail/create-thumbnailer.ts";
import type { Check } from "./check.ts";

/** Far longer than a browser needs; one that hangs is told all the same. */
const timeoutMs = 60_000;
const page = { html: "<!doctype html><title>doctor</title><p>A page to be photographed.", files: new Map() };

/** The browser that takes the pictures link previews show: that it takes one. Without it a worker publishes plain ones. */
export function checkChromium(chromiumPath: string): Check {
  return {
    name: "chromium",
    timeoutMs: timeoutMs + 2000,
    async run() {
      const started = performance.now();
      const picture = await createThumbnailer({ chromiumPath, timeoutMs })(page);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      if (picture) return [{ level: "ok", message: `${chromiumPath} takes a picture in ${seconds} s.` }];
      return [
        {
          level: "problem",
          message: `${chromiumPath} takes no picture, so link previews show one of a single colour.`,
          advice: "Correct CHROMIUM_PATH, or unset it. Run it by hand with --headless=new --screenshot to see why.",
          exitStatus: 10,
        },
      ];
    },
  };
}
