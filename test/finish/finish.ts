import type { FinishOptions } from "../../src/finish/create-finisher.ts";
import { createPageStream } from "../../src/finish/create-page-stream.ts";

/** A page as it would be published, from a document that comes in the pieces between the cuts. */
export async function finish(html: string, options: Partial<FinishOptions> = {}, cuts: readonly number[] = []) {
  const chunks: string[] = [];
  const stream = createPageStream({ prompt: "a page", ...options }, { onHtml: (chunk) => void chunks.push(chunk) });
  const at = [0, ...cuts.map((cut) => cut % (html.length + 1)).sort((a, b) => a - b), html.length];
  for (let index = 1; index < at.length; index++) stream.write(html.slice(at[index - 1], at[index]));
  const reports = await stream.end();
  return { page: chunks.join(""), ...reports };
}
