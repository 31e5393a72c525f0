import type { SiteId } from "../ids.ts";
import type { AdminCommand } from "./admin/admin-command.ts";

/** Words that a user's message can get in answer, by their key in the catalogue. */
export type Word =
  | "start"
  | "help"
  | "greeting"
  | "gladly"
  | "nothing_to_change"
  | "describe"
  | "too_long"
  | "caption"
  | "voice"
  | "only_pictures"
  | "text_only"
  | "payment"
  | "unknown_command"
  | "nothing_to_cancel"
  | "not_allowed"
  | "anonymous"
  | "button_expired"
  | "site_gone"
  | "not_yours"
  | "kept"
  | "language_set";

/** What a message asks of us. */
export type Intent =
  | { kind: "prompt"; text: string /** UTF-16 units as Telegram delivered it. */; length: number; source: TextSource }
  | { kind: "say"; word: Word }
  | { kind: "cancel" }
  | { kind: "sites" }
  | { kind: "settings" }
  /** The page that the message replied to is about, or else one to be chosen. */
  | { kind: "delete" }
  /** Somebody else's page, to make one's own of. */
  | { kind: "own_version"; siteId: SiteId }
  /** For operators only. */
  | { kind: "admin"; command: AdminCommand }
  | { kind: "ignore" };

/**
 * Where a prompt's words stood. A `text` may be the first part of a split message or the rest of one, a `command` only
 * the first, a `rest` only the rest, a `caption` neither.
 */
export type TextSource = "text" | "command" | "rest" | "caption";

export const ignore: Intent = { kind: "ignore" };

export function say(word: Word): Intent {
  return { kind: "say", word };
}
