import type { JobId, SiteId } from "../ids.ts";
import { type JobLook, manyAhead } from "../jobs/job-look.ts";
import { formatButtonData } from "./button-data.ts";
import type { Catalogue } from "./catalogue/catalogue.ts";
import type { Links } from "./compose-site.ts";
import { type Button, type ComposedMessage, isPublicUrl, linkButton, message } from "./composed.ts";
import { fill, fillPlural } from "./phrase.ts";

interface Status {
  look: JobLook;
  siteId: SiteId | undefined;
  jobId: JobId | undefined;
}

/** The one message that says where a job is, as long as it is on its way. */
export function composeStatus(
  { look, siteId, jobId }: Status,
  { words, language, links }: { words: Catalogue; language: string; links: Links },
): ComposedMessage {
  const { status } = words;
  const cancel: Button[] = jobId
    ? [{ text: words.buttons.cancel, callback_data: formatButtonData({ verb: "cancel", jobId }) }]
    : [];
  switch (look) {
    case "writing": {
      const url = siteId && links.live(siteId);
      const written = url !== undefined && !isPublicUrl(url) ? `\n${fill(status.watch, { url })}` : "";
      return message(`✍️ ${status.writing}${written}`, [linkButton(words.buttons.watch, url), cancel]);
    }
    case "checking":
      return message(`🔎 ${status.checking}`, [cancel]);
    case "retrying":
    case "resuming":
    case "waiting":
      return message(`⏳ ${status[look]}`, [cancel]);
    case "completed":
      return message(`✅ ${status.completed}`);
    case "failed":
      return message(`⚠️ ${status.failed}`);
    case "cancelled":
      return message(`⏹ ${status.cancelled}`);
    default:
      return message(`⏳ ${place(Number(look.slice("queued:".length)), words, language)}`, [cancel]);
  }
}

/** Counts only as far as the line is counted: beyond, it says "or more". */
function place(ahead: number, { status }: Catalogue, language: string): string {
  if (ahead === 0) return status.next;
  return ahead < manyAhead
    ? fillPlural(status.ahead, ahead, language)
    : fill(status.many, { count: new Intl.NumberFormat(language).format(manyAhead) });
}
