/** Bodies as Telegram sends them, as short as they may be. */

let lastUpdateId = 1000;
let lastMessageId = 0;

export const alice = { id: 700, is_bot: false, first_name: "Alice", language_code: "en" };
export const bob = { id: 800, is_bot: false, first_name: "Bob" };
export const bot = { id: 7000000001, is_bot: true, first_name: "Site Builder", username: "site_builder_bot" };
export const group = { id: -100500, type: "supergroup", title: "Studio" };

export function update(content: Record<string, unknown>): Record<string, unknown> {
  lastUpdateId += 1;
  return { update_id: lastUpdateId, ...content };
}

/** A message of Alice in her private chat, unless told otherwise. */
export function message(content: Record<string, unknown>): Record<string, unknown> {
  lastMessageId += 1;
  const chat = { id: alice.id, type: "private", first_name: "Alice" };
  return update({ message: { message_id: lastMessageId, date: 1_795_446_000, from: alice, chat, ...content } });
}

export function text(words: string): Record<string, unknown> {
  return message({ text: words });
}

/** A message in the group, with each `@name` marked as Telegram marks it. */
export function groupMessage(words: string, content: Record<string, unknown> = {}): Record<string, unknown> {
  const entities = [...words.matchAll(/(?<![\w@])@\w+/g)].map((match) => ({
    type: "mention",
    offset: match.index,
    length: match[0].length,
  }));
  return message({ chat: group, text: words, entities, ...content });
}
