import type { SiteId } from "../ids.ts";
import type { Notification } from "../jobs/notifier.ts";
import { readRestored } from "../jobs/restored-summary.ts";
import { type ButtonPress, formatButtonData } from "./button-data.ts";
import type { ButtonName, Catalogue } from "./catalogue/catalogue.ts";
import { type Button, type ComposedMessage, isPublicUrl, linkButton, message } from "./composed.ts";
import { asInteger, asString } from "./json-object.ts";
import type { SiteFacts } from "./load-facts.ts";
import { fill, fillPlural } from "./phrase.ts";

/** Where pages are to be seen; `undefined` in a process that was not told. */
export interface Links {
  page(siteId: SiteId, revision?: number): string | undefined;
  /** Shows the page while it is being written. */
  live(siteId: SiteId): string | undefined;
  /** Opens the bot to make a version of one's own; `undefined` until the bot's name is known. */
  ownVersion(siteId: SiteId): string | undefined;
}

/** Room for markup and the other words in one message of 4096 UTF-16 units. */
const maxTitleLength = 200;
const maxSummaryLength = 800;

interface Completed {
  words: Catalogue;
  language: string;
  links: Links;
  left: number | undefined;
}

export function composeCompleted(
  { payload, siteId }: Notification,
  { words, language, links, left }: Completed,
): ComposedMessage {
  const url = asString(payload["url"]) ?? "";
  const revision = asInteger(payload["revision"]) ?? 1;
  const summary = shorten((asString(payload["summary"]) ?? "").trim(), maxSummaryLength);
  const lines = [
    fill(revision > 1 ? words.updated : words.completed, { title: titleOf(asString(payload["title"]), url), url }),
    ...(summary === "" ? [] : [changeOf(summary, words)]),
    ...(left === undefined ? [] : [left === 0 ? words.none_left : fillPlural(words.left, left, language)]),
  ];
  return message(lines.join("\n\n"), resultButtons(words, { url, siteId, revision, links }));
}

function changeOf(summary: string, { changed, restored }: Catalogue): string {
  const revision = readRestored(summary);
  return revision === undefined ? fill(changed, { summary }) : fill(restored, { revision: String(revision) });
}

export function composeSite(
  kind: "site" | "change" | "own_version" | "change_or_new" | "download" | "delete_sure" | "deleted",
  { id, title, revision }: SiteFacts,
  { words, links }: { words: Catalogue; links: Links },
): ComposedMessage {
  const url = links.page(id) ?? "";
  const named = { title: titleOf(title, url), url };
  switch (kind) {
    case "site":
      return message(fill(`<b>{title}</b>\n{url}`, named), resultButtons(words, { url, siteId: id, revision, links }));
    case "change":
    case "own_version":
      return { ...message(fill(words[kind], named)), askWith: words.placeholder };
    case "change_or_new":
      return message(fill(words.change_or_new, named), [
        [press(words, "wish_change", id)],
        [press(words, "wish_new", id)],
      ]);
    case "download":
      return message(fill(words.download, named), [[press(words, "zip", id), press(words, "file", id)]]);
    case "delete_sure":
      return message(fill(words.delete_sure, named), [
        [{ ...press(words, "delete_now", id), style: "danger" }],
        [press(words, "keep", id)],
      ]);
    case "deleted":
      return message(fill(words.deleted, named));
  }
}

interface Result {
  url: string;
  siteId: SiteId | undefined;
  revision: number;
  links: Links;
}

function resultButtons(words: Catalogue, { url, siteId, revision, links }: Result): Button[][] {
  const open = linkButton(words.buttons.open, url);
  const copy: Button[] = url === "" || url.length > 256 ? [] : [{ text: words.buttons.copy, copy_text: { text: url } }];
  if (siteId === undefined) return [open, copy];
  const previous = revision > 1 ? links.page(siteId, revision - 1) : undefined;
  return [
    open,
    [press(words, "change", siteId), press(words, "rebuild", siteId)],
    [...copy, ...linkButton(words.buttons.share, shareUrl(words, { url, link: links.ownVersion(siteId) }))],
    [...linkButton(words.buttons.previous, previous), ...(revision > 1 ? [press(words, "undo", siteId)] : [])],
    [press(words, "download", siteId), press(words, "delete", siteId)],
  ];
}

/** Lets the person choose whom to send the page to, and with it how to make one's own of it. */
function shareUrl({ invitation }: Catalogue, { url, link }: { url: string; link: string | undefined }) {
  if (link === undefined || !isPublicUrl(url)) return undefined;
  const text = invitation.replace("{link}", () => link);
  return `https://t.me/share/url?url=${encodeURIComponent(url)}&text=${encodeURIComponent(text)}`;
}

type SiteButton = Extract<ButtonPress, { siteId: SiteId }>["verb"] & ButtonName;

function press(words: Catalogue, verb: SiteButton, siteId: SiteId) {
  return { text: words.buttons[verb], callback_data: formatButtonData({ verb, siteId }) };
}

/** What the page calls itself, or where it is. */
export function titleOf(title: string | undefined, url: string): string {
  return shorten((title ?? "").trim(), maxTitleLength) || URL.parse(url)?.host || url || "…";
}

function shorten(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1).toWellFormed()}…`;
}
