import type { PictureProblem } from "../../pictures/picture.ts";
import type { Word } from "../intent.ts";

/**
 * Everything the bot says, in one language. Texts are Telegram HTML; `{name}` is replaced by a value, escaped.
 * Buttons, answers to buttons and descriptions of commands are plain text.
 */
export interface Catalogue extends Record<Exclude<Word, "not_allowed">, string> {
  /** Where a job is, in the one message that follows it. */
  status: {
    next: string;
    /** `{count}` jobs come before this one. */
    ahead: Plural;
    /** `{count}` or more. */
    many: string;
    waiting: string;
    retrying: string;
    /** It was stopped by nothing that the person did, or that went wrong with the page. */
    resuming: string;
    writing: string;
    /** `{url}`, when it cannot be a button. */
    watch: string;
    checking: string;
    completed: string;
    failed: string;
    cancelled: string;
  };
  /** `{title}`, `{url}` */
  completed: string;
  /** `{title}`, `{url}`: the same of a later revision. */
  updated: string;
  /** `{summary}` */
  changed: string;
  /** What changed when an earlier version is back: `{revision}`. */
  restored: string;
  /** `{count}` */
  left: Plural;
  none_left: string;
  /** `{count}` pages are the limit; `{when}` it is lifted. */
  limit: Plural;
  /** The limit is reached with what is not finished yet. `{when}` */
  limit_open: string;
  cancelled: string;
  /** `{title}` */
  change: string;
  /** `{title}` of somebody else's page. */
  own_version: string;
  /** `{title}` of the person's page: a wish came that names none. */
  change_or_new: string;
  /** `{link}` to make a version of one's own; plain text, sent on beside the page's address. */
  invitation: string;
  /** What the bot is for, in its profile and where it is shared: plain text, 120 UTF-16 units at most. */
  short_description: string;
  /** What stands greyed in the field for the answer to `change`: 64 UTF-16 units at most. */
  placeholder: string;
  /** `{title}` */
  download: string;
  /** `{title}` */
  delete_sure: string;
  /** `{title}` */
  deleted: string;
  /** `{count}` */
  sites: Plural;
  no_sites: string;
  which_to_delete: string;
  settings: string;
  /** `{user}` is the numeric id to tell the operator. */
  not_allowed: string;
  shortened: string;
  /** Why a picture is not on the page. `{number}` counts those that were sent. */
  pictures: Record<PictureProblem, string>;
  failed: Record<Failure, string>;
  buttons: Record<ButtonName, string>;
  answers: Record<"stopping" | "late" | "making" | "ready" | "sending", string>;
  commands: Record<CommandName, string>;
}

/** One text for each category that the language has. */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** Why there is no page, as far as it matters to the person. */
export type Failure = "provider" | "setup" | "refused" | "output" | "storage" | "no_revision" | "internal";

export type ButtonName =
  | "open"
  | "watch"
  | "change"
  | "rebuild"
  | "copy"
  | "share"
  | "previous"
  | "undo"
  | "wish_change"
  | "wish_new"
  | "download"
  | "delete"
  | "delete_now"
  | "keep"
  | "cancel"
  | "again"
  | "zip"
  | "file"
  | "automatic";

/** In the order in which Telegram offers them. */
export const commandNames = ["new", "sites", "cancel", "delete", "settings", "help"] as const;
type CommandName = (typeof commandNames)[number];
