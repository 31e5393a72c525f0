import type { LivePage } from "../bundles/live-page.ts";
import type { EditEvents } from "../edits/generate-edit.ts";
import type { FinishOptions } from "../finish/create-finisher.ts";
import { createPageStream, type PageStream } from "../finish/create-page-stream.ts";

/** Shows a page as it is written anew to whoever watches the change. Finished alike, so it ends as what is published. */
export function showRewrite(
  live: Pick<LivePage, "write" | "addFile" | "restart">,
  options: FinishOptions,
): Pick<EditEvents, "onHtml" | "onRestart"> & { end(): Promise<void> } {
  let stream: PageStream | undefined;
  return {
    onHtml(html) {
      stream ??= createPageStream(options, { onHtml: live.write, onFile: live.addFile });
      stream.write(html);
    },
    onRestart() {
      stream?.drop();
      stream = undefined;
      live.restart();
    },
    async end() {
      await stream?.end();
    },
  };
}
