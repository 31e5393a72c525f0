import type { Word } from "../intent.ts";

/**
 * Everything the bot says, in one language. Texts are Telegram HTML; `{name}` is replaced by a value, escaped.
 * Buttons, answers to buttons and descriptions of commands are plain text.
 */
export interface Catalogue extends Record<Exclude<Word, "not_allowed">, string> {
  accepted: string;
  /** `{title}`, `{url}` */
  completed: string;
  open: string;
  cancelled: string;
  /** `{user}` is the numeric id to tell the operator. */
  not_allowed: string;
  shortened: string;
  failed: Record<Failure, string>;
  commands: Record<"new" | "cancel" | "help", string>;
}

/** Why there is no page, as far as it matters to the person. */
export type Failure = "provider" | "setup" | "refused" | "output" | "storage" | "internal";
