import { type BotIdentity, isBotName } from "./bot-identity.ts";
import { asInteger, asObject, asObjects, asString, type JsonObject } from "./json-object.ts";

/** The words of a message: its text, or the caption of its picture or file. */
export interface MessageText {
  source: "text" | "caption";
  text: string;
  entities: Entity[];
}

interface Entity {
  type: string;
  /** UTF-16 units. */
  start: number;
  end: number;
  /** The part of the text it marks. */
  text: string;
  /** Whom a `text_mention` means. */
  userId: number | undefined;
}

export interface Command {
  name: string;
  /** The bot after `@`, if named. */
  target: string | undefined;
  argument: string;
}

export function readText(message: JsonObject): MessageText | undefined {
  const text = asString(message["text"]);
  if (text !== undefined) return { source: "text", text, entities: readEntities(text, message["entities"]) };
  const caption = asString(message["caption"]);
  if (caption === undefined) return undefined;
  return { source: "caption", text: caption, entities: readEntities(caption, message["caption_entities"]) };
}

function readEntities(text: string, value: unknown): Entity[] {
  return asObjects(value).flatMap((entity) => {
    const type = asString(entity["type"]);
    const start = asInteger(entity["offset"]);
    const length = asInteger(entity["length"]);
    if (type === undefined || start === undefined || length === undefined) return [];
    const end = start + length;
    if (start < 0 || length <= 0 || end > text.length) return [];
    return { type, start, end, text: text.slice(start, end), userId: asInteger(asObject(entity["user"])?.["id"]) };
  });
}

/** The command the text begins with. A path such as `/usr/bin` is one to Telegram, and so it is here. */
export function readCommand({ text }: MessageText): Command | undefined {
  const match = /^\/([a-z0-9_]{1,64})(?:@([a-z0-9_]{1,64}))?/i.exec(text);
  if (match === null) return undefined;
  const [whole, name = "", target] = match;
  return { name: name.toLowerCase(), target, argument: text.slice(whole.length).trim() };
}

export function mentionsOf({ entities }: MessageText, bot: BotIdentity): Entity[] {
  return entities.filter(
    ({ type, text, userId }) =>
      (type === "mention" && text.startsWith("@") && isBotName(bot, text.slice(1))) ||
      (type === "text_mention" && userId === bot.id),
  );
}

/** The text without the places where it calls the bot by `@name`. A bot called by its first name stays in the sentence. */
export function withoutMentions(message: MessageText, bot: BotIdentity): string {
  let { text } = message;
  const mentions = mentionsOf(message, bot).filter(({ type }) => type === "mention");
  for (const { start, end } of mentions.toSorted((a, b) => b.start - a.start)) {
    text = text.slice(0, start) + text.slice(end);
  }
  return text;
}
