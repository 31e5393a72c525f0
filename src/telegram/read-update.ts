import { asInteger, asObject, type JsonObject } from "./json-object.ts";

/** An update with a usable id. Everything else in it is still as hostile as it came. */
export interface Update {
  id: number;
  /** Name of its payload, e.g. `message`. */
  kind: string;
  payload: JsonObject | undefined;
}

/** Everything Bot API 10.3 can put into an update; at most one of them is there. */
const kinds = [
  "message",
  "edited_message",
  "channel_post",
  "edited_channel_post",
  "business_connection",
  "business_message",
  "edited_business_message",
  "deleted_business_messages",
  "guest_message",
  "stopped_message_generation",
  "message_reaction",
  "message_reaction_count",
  "inline_query",
  "chosen_inline_result",
  "callback_query",
  "shipping_query",
  "pre_checkout_query",
  "purchased_paid_media",
  "poll",
  "poll_answer",
  "my_chat_member",
  "chat_member",
  "chat_join_request",
  "chat_boost",
  "removed_chat_boost",
  "managed_bot",
  "subscription",
];

/** @returns `undefined` when it has no positive integer as `update_id`, so is not from Telegram. */
export function readUpdate(body: unknown): Update | undefined {
  const update = asObject(body);
  const id = asInteger(update?.["update_id"]);
  if (update === undefined || id === undefined || id <= 0) return undefined;
  const present = kinds.filter((kind) => Object.hasOwn(update, kind));
  const [kind] = present;
  if (kind === undefined) return { id, kind: nameUnknown(update), payload: undefined };
  // Two at once is against the protocol, and either could be the forged one.
  if (present.length > 1) return { id, kind: "ambiguous", payload: undefined };
  return { id, kind, payload: asObject(update[kind]) };
}

/** The name of a kind that came after Bot API 10.3, as far as it looks like one. */
function nameUnknown(update: JsonObject): string {
  return Object.keys(update).find((key) => key !== "update_id" && /^[a-z][a-z_]{0,63}$/.test(key)) ?? "none";
}
