import type { Notification } from "../jobs/notifier.ts";
import { composeAdmin } from "./admin/compose-admin.ts";
import { formatButtonData } from "./button-data.ts";
import type { Catalogue, Failure } from "./catalogue/catalogue.ts";
import { findCatalogue, findLanguage } from "./catalogue/find-catalogue.ts";
import { composeSettings, composeSites } from "./compose-lists.ts";
import { composeUnusedPictures } from "./compose-pictures.ts";
import { composeCompleted, composeSite, type Links } from "./compose-site.ts";
import { composeStatus } from "./compose-status.ts";
import { type Button, type Composed, message } from "./composed.ts";
import { asString } from "./json-object.ts";
import type { Facts } from "./load-facts.ts";
import { fill, fillPlural, formatUntil, nextDay } from "./phrase.ts";

export interface ComposeContext {
  links: Links;
  facts: Facts;
  dailyLimit: number | undefined;
}

/** @returns `undefined` for a kind this program does not know: an older one is asked to say something new. */
export function composeMessage(notification: Notification, context: ComposeContext): Composed | undefined {
  const { kind, payload, siteId, jobId, look } = notification;
  const { facts, links, dailyLimit } = context;
  const language = findLanguage(notification.language);
  const words = findCatalogue(language);
  if (typeof payload["callbackQueryId"] === "string") return answerButton(kind, payload["callbackQueryId"], words);
  switch (kind) {
    case "accepted":
      return composeStatus({ look: look ?? "queued:0", siteId, jobId }, { words, language, links });
    case "completed":
      return composeCompleted(notification, { words, language, links, left: facts.left });
    case "failed":
      if (payload["code"] === "site_gone") return message(words.site_gone);
      return message(words.failed[failureOf(asString(payload["code"]) ?? "")], again(words, notification));
    case "cancelled":
      return message(words.cancelled, again(words, notification));
    case "pictures_unused":
      return message(composeUnusedPictures(words, payload));
    case "limit":
      return message(fillPlural(words.limit, dailyLimit ?? 0, language, { when: formatUntil(nextDay(), language) }));
    case "limit_open":
      return message(fill(words.limit_open, { when: formatUntil(nextDay(), language) }));
    case "sites":
      return composeSites(facts.list, payload["toDelete"] === true, { words, language });
    case "settings":
      return composeSettings(words);
    case "zip":
    case "file":
      return facts.site ? { kind: "document", format: kind } : message(words.site_gone);
    case "site":
    case "change":
    case "own_version":
    case "change_or_new":
    case "download":
    case "delete_sure":
    case "deleted":
      return facts.site ? composeSite(kind, facts.site, { words, links }) : message(words.site_gone);
    default: {
      const text = Object.hasOwn(words, kind) ? words[kind as keyof Catalogue] : undefined;
      return typeof text === "string"
        ? message(fill(text, { user: asString(payload["user"]) ?? "" }))
        : composeAdmin(notification, facts.admin);
    }
  }
}

/** The word that ends the waiting of a button; what is refused has to be seen. */
function answerButton(kind: string, callbackQueryId: string, words: Catalogue): Composed | undefined {
  const { answers } = words;
  const quiet = Object.hasOwn(answers, kind) ? answers[kind as keyof typeof answers] : undefined;
  if (quiet !== undefined) return { kind: "callback_answer", callbackQueryId, text: quiet, alert: false };
  if (kind === "done") return { kind: "callback_answer", callbackQueryId, text: "", alert: false };
  const text = kind === "button_expired" || kind === "not_yours" || kind === "site_gone" ? words[kind] : undefined;
  return text === undefined ? undefined : { kind: "callback_answer", callbackQueryId, text, alert: true };
}

function again(words: Catalogue, { jobId }: Notification): Button[][] {
  if (jobId === undefined) return [];
  return [[{ text: words.buttons.again, callback_data: formatButtonData({ verb: "again", jobId }) }]];
}

function failureOf(code: string): Failure {
  if (code === "output_refused" || code === "output_blocked") return "refused";
  if (code.startsWith("output_")) return "output";
  if (code === "provider_unauthorized" || code === "provider_rejected") return "setup";
  if (code.startsWith("provider_")) return "provider";
  return code === "storage" || code === "no_revision" ? code : "internal";
}
