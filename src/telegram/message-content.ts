import { type Intent, ignore, say, type Word } from "./intent.ts";
import type { JsonObject } from "./json-object.ts";
import { readPicture } from "./read-picture.ts";

/** What to say to a message that has no words, by the first of these fields it has. */
const words: readonly (readonly [Word, readonly string[]])[] = [
  ["payment", ["successful_payment"]],
  ["voice", ["voice", "video_note", "audio"]],
  ["caption", ["photo", "live_photo", "paid_media"]],
];

/** What people send along with words and no page can show. An animation and a picture sent as a file are documents too. */
const files = ["document", "video", "animation", "audio", "voice"];

/** Notices that Telegram writes into a chat. Nobody said anything. */
const services = [
  "new_chat_members",
  "left_chat_member",
  "new_chat_title",
  "new_chat_photo",
  "delete_chat_photo",
  "group_chat_created",
  "supergroup_chat_created",
  "channel_chat_created",
  "community_chat_joined",
  "chat_owner_left",
  "chat_owner_changed",
  "message_auto_delete_timer_changed",
  "migrate_to_chat_id",
  "migrate_from_chat_id",
  "pinned_message",
  "refunded_payment",
  "user_shared",
  "users_shared",
  "chat_shared",
  "connected_website",
  "write_access_allowed",
  "passport_data",
  "web_app_data",
  "proximity_alert_triggered",
  "boost_added",
  "chat_background_set",
  "checklist_tasks_done",
  "checklist_tasks_added",
  "poll_option_added",
  "poll_option_deleted",
  "direct_message_price_changed",
  "paid_message_price_changed",
  "forum_topic_created",
  "forum_topic_edited",
  "forum_topic_closed",
  "forum_topic_reopened",
  "general_forum_topic_hidden",
  "general_forum_topic_unhidden",
  "giveaway_created",
  "giveaway_completed",
  "gift",
  "unique_gift",
  "gift_upgrade_sent",
  "managed_bot_created",
  "suggested_post_approved",
  "suggested_post_approval_failed",
  "suggested_post_declined",
  "suggested_post_paid",
  "suggested_post_refunded",
  "video_chat_scheduled",
  "video_chat_started",
  "video_chat_ended",
  "video_chat_participants_invited",
  "voice_chat_scheduled",
  "voice_chat_started",
  "voice_chat_ended",
  "voice_chat_participants_invited",
];

export function isServiceMessage(message: JsonObject): boolean {
  return services.some((field) => Object.hasOwn(message, field));
}

/** Whether there is a file in it that is no picture. */
export function hasOtherFile(message: JsonObject): boolean {
  return files.some((field) => Object.hasOwn(message, field)) && readPicture(message) === undefined;
}

/** The answer to a message without words: a sticker, a place, something that is newer than this program. */
export function answerWordless(message: JsonObject): Intent {
  // A text that is no string is not from Telegram.
  if (Object.hasOwn(message, "text") || Object.hasOwn(message, "caption")) return ignore;
  if (readPicture(message) !== undefined) return say("caption");
  const [word] = words.find(([, fields]) => fields.some((field) => Object.hasOwn(message, field))) ?? [];
  return say(word ?? "text_only");
}
