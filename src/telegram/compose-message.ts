import type { Notification } from "../jobs/notifier.ts";
import type { Catalogue, Failure } from "./catalogue/catalogue.ts";
import { findCatalogue } from "./catalogue/find-catalogue.ts";
import { escapeHtml } from "./html.ts";
import { asString } from "./json-object.ts";

/** A notification in words, ready to be sent. */
export type Composed =
  | { kind: "message"; html: string; button: { text: string; url: string } | undefined }
  | { kind: "callback_answer"; callbackQueryId: string; text: string };

/** Room for markup and the other words in one message of 4096 UTF-16 units. */
const maxTitleLength = 200;

/** @returns `undefined` for a kind this program does not know: an older one is asked to say something new. */
export function composeMessage({ kind, payload, language }: Notification): Composed | undefined {
  const words = findCatalogue(language);
  switch (kind) {
    case "completed":
      return composeCompleted(words, payload);
    case "failed":
      return message(words.failed[failureOf(asString(payload["code"]) ?? "")]);
    case "button_expired": {
      const callbackQueryId = asString(payload["callbackQueryId"]);
      return callbackQueryId === undefined
        ? undefined
        : { kind: "callback_answer", callbackQueryId, text: words.button_expired };
    }
    default: {
      const text = Object.hasOwn(words, kind) ? words[kind as keyof Catalogue] : undefined;
      return typeof text === "string" ? message(fill(text, { user: asString(payload["user"]) ?? "" })) : undefined;
    }
  }
}

function composeCompleted(words: Catalogue, payload: Record<string, unknown>): Composed {
  const url = asString(payload["url"]) ?? "";
  const title = shorten((asString(payload["title"]) ?? "").trim()) || URL.parse(url)?.host || url;
  return {
    kind: "message",
    html: fill(words.completed, { title, url }),
    button: isPublicUrl(url) ? { text: words.open, url } : undefined,
  };
}

function message(html: string): Composed {
  return { kind: "message", html, button: undefined };
}

function fill(template: string, values: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => escapeHtml(values[name] ?? whole));
}

function shorten(title: string): string {
  return title.length <= maxTitleLength ? title : `${title.slice(0, maxTitleLength - 1).toWellFormed()}…`;
}

/** Telegram refuses buttons that lead to a name without a dot, such as `localhost`. */
function isPublicUrl(url: string): boolean {
  const { hostname = "" } = URL.parse(url) ?? {};
  return hostname.includes(".") && !hostname.endsWith(".localhost");
}

function failureOf(code: string): Failure {
  if (code === "output_refused" || code === "output_blocked") return "refused";
  if (code.startsWith("output_")) return "output";
  if (code === "provider_unauthorized" || code === "provider_rejected") return "setup";
  if (code.startsWith("provider_")) return "provider";
  return code === "storage" ? "storage" : "internal";
}
