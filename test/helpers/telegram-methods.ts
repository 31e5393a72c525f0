import { parseTelegramHtml, TelegramRefusal } from "./telegram-html.ts";

/** Throws a `TelegramRefusal` unless the value is what the Bot API takes in this place. */
type Check = (value: unknown, name: string) => void;

interface Shape {
  required: Record<string, Check>;
  optional: Record<string, Check>;
}

function refuse(detail: string): never {
  throw new TelegramRefusal(detail);
}

const integer: Check = (value, name) => {
  if (!Number.isSafeInteger(value)) refuse(`${name} must be an integer`);
};
const boolean: Check = (value, name) => {
  if (typeof value !== "boolean") refuse(`${name} must be a boolean`);
};
const chatId: Check = (value, name) => {
  if (!Number.isSafeInteger(value) && !/^@\w{4,32}$/.test(String(value))) refuse(`${name} must be a chat`);
};

/** @param min UTF-16 units */
function string(min: number, max: number): Check {
  return (value, name) => {
    if (typeof value !== "string") refuse(`${name} must be a string`);
    if (value.length < min) refuse(`${name} is empty`);
    if (value.length > max) refuse(`${name} is too long`);
    if (!value.isWellFormed()) refuse("strings must be encoded in UTF-8");
  };
}

function matching(pattern: RegExp): Check {
  return (value, name) => {
    if (typeof value !== "string" || !pattern.test(value)) refuse(`${name} is invalid`);
  };
}

function between(min: number, max: number): Check {
  return (value, name) => {
    integer(value, name);
    if (Number(value) < min || Number(value) > max) refuse(`${name} must be between ${min} and ${max}`);
  };
}

function oneOf(...values: string[]): Check {
  return (value, name) => {
    if (!values.includes(String(value))) refuse(`${name} must be one of ${values.join(", ")}`);
  };
}

function list(of: Check, max: number): Check {
  return (value, name) => {
    if (!Array.isArray(value)) refuse(`${name} must be an array`);
    if (value.length > max) refuse(`${name} has too many elements`);
    for (const one of value) of(one, name);
  };
}

/** Unknown fields, which the Bot API itself ignores, are refused: they are mistakes. */
function object(shape: Partial<Shape>): Check {
  const { required = {}, optional = {} } = shape;
  return (value, name) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) refuse(`${name} must be an object`);
    const given = value as Record<string, unknown>;
    for (const field of Object.keys(required)) {
      if (!Object.hasOwn(given, field)) refuse(`${name}.${field} is missing`);
    }
    for (const [field, one] of Object.entries(given)) {
      const check = required[field] ?? optional[field];
      if (check === undefined) refuse(`${name}.${field} is unknown`);
      check(one, field);
    }
  };
}

const buttonUrl: Check = (value, name) => {
  const url = URL.parse(String(value));
  if (url === null || !["http:", "https:", "tg:"].includes(url.protocol)) refuse(`${name} '${value}' is invalid`);
  if (url.protocol !== "tg:" && !url.hostname.includes(".") && !url.hostname.startsWith("[")) {
    refuse(`inline keyboard button URL '${value}' is invalid: Wrong HTTP URL`);
  }
};
const callbackData: Check = (value) => {
  const bytes = Buffer.byteLength(String(value));
  if (typeof value !== "string" || bytes < 1 || bytes > 64) refuse("BUTTON_DATA_INVALID");
};

const actions = ["url", "callback_data", "web_app", "copy_text", "switch_inline_query", "disabled"];
const button: Check = (value, name) => {
  object({
    required: { text: string(1, 4096) },
    optional: {
      url: buttonUrl,
      callback_data: callbackData,
      web_app: object({ required: { url: matching(/^https:\/\//) } }),
      copy_text: object({ required: { text: string(1, 256) } }),
      switch_inline_query: string(0, 256),
      disabled: object({}),
      style: oneOf("danger", "success", "primary"),
    },
  })(value, name);
  const kinds = actions.filter((action) => Object.hasOwn(value as object, action));
  if (kinds.length !== 1) refuse("text buttons are unallowed in the inline keyboard");
};
const inlineKeyboard = object({
  required: { inline_keyboard: list(list(button, 8), 100) },
  optional: { force_reply: boolean },
});
const replyMarkup: Check = (value, name) => {
  if (Object.hasOwn(Object(value), "inline_keyboard")) return inlineKeyboard(value, name);
  object({
    required: { force_reply: boolean },
    optional: { input_field_placeholder: string(1, 64), selective: boolean },
  })(value, name);
};

const linkPreview = object({
  optional: {
    is_disabled: boolean,
    url: string(0, 2048),
    prefer_small_media: boolean,
    prefer_large_media: boolean,
    show_above_text: boolean,
  },
});
const replyParameters = object({
  required: { message_id: integer },
  optional: { chat_id: chatId, allow_sending_without_reply: boolean, quote: string(0, 1024), quote_position: integer },
});
/** A file sent along, or one that Telegram has. */
const upload: Check = (value, name) => {
  if (value instanceof File) {
    if (value.size === 0) refuse("file must be non-empty");
    if (value.size > 50_000_000) refuse("file is too big");
  } else string(1, 256)(value, name);
};
const updateKinds = list(matching(/^[a-z_]+$/), 40);
const language = matching(/^([a-z]{2})?$/);
const parseMode = oneOf("HTML", "MarkdownV2", "Markdown");
const command = object({
  required: { command: matching(/^[a-z0-9_]{1,32}$/), description: string(1, 256) },
});

const commandScope = object({
  required: { type: oneOf("default", "chat") },
  optional: { chat_id: chatId },
});

/** What each method takes. A method that is not here does not exist. */
export const methods: Record<string, Partial<Shape>> = {
  getMe: {},
  sendMessage: {
    required: { chat_id: chatId, text: string(1, 100_000) },
    optional: {
      message_thread_id: integer,
      parse_mode: parseMode,
      link_preview_options: linkPreview,
      disable_notification: boolean,
      protect_content: boolean,
      reply_parameters: replyParameters,
      reply_markup: replyMarkup,
    },
  },
  sendDocument: {
    required: { chat_id: chatId, document: upload },
    optional: {
      caption: string(0, 1024),
      parse_mode: parseMode,
      message_thread_id: integer,
      disable_content_type_detection: boolean,
      reply_parameters: replyParameters,
      reply_markup: replyMarkup,
    },
  },
  sendPhoto: {
    required: { chat_id: chatId, photo: upload },
    optional: {
      caption: string(0, 10_000),
      parse_mode: parseMode,
      message_thread_id: integer,
      show_caption_above_media: boolean,
      reply_parameters: replyParameters,
      reply_markup: replyMarkup,
    },
  },
  editMessageText: {
    required: { chat_id: chatId, message_id: integer, text: string(1, 100_000) },
    optional: { parse_mode: parseMode, link_preview_options: linkPreview, reply_markup: inlineKeyboard },
  },
  editMessageReplyMarkup: {
    required: { chat_id: chatId, message_id: integer },
    optional: { reply_markup: inlineKeyboard },
  },
  deleteMessage: { required: { chat_id: chatId, message_id: integer } },
  answerCallbackQuery: {
    required: { callback_query_id: matching(/^\w{1,64}$/) },
    optional: { text: string(0, 200), show_alert: boolean, url: string(0, 2048), cache_time: integer },
  },
  getFile: { required: { file_id: matching(/^[\w-]+$/) } },
  sendChatAction: {
    required: { chat_id: chatId, action: oneOf("typing", "upload_photo", "upload_document", "choose_sticker") },
    optional: { message_thread_id: integer },
  },
  setWebhook: {
    required: { url: matching(/^(https:\/\/.+|http:\/\/(localhost|127\.0\.0\.1)[:/].*|)$/) },
    optional: {
      ip_address: string(0, 45),
      max_connections: between(1, 100),
      allowed_updates: updateKinds,
      drop_pending_updates: boolean,
      secret_token: matching(/^[A-Za-z0-9_-]{1,256}$/),
    },
  },
  deleteWebhook: { optional: { drop_pending_updates: boolean } },
  getWebhookInfo: {},
  getUpdates: {
    optional: { offset: integer, limit: between(1, 100), timeout: between(0, 3600), allowed_updates: updateKinds },
  },
  setMyCommands: {
    required: { commands: list(command, 100) },
    optional: { scope: commandScope, language_code: language },
  },
  getMyCommands: { optional: { scope: commandScope, language_code: language } },
  deleteMyCommands: { optional: { scope: commandScope, language_code: language } },
  setMyDescription: { optional: { description: string(0, 512), language_code: language } },
  getMyDescription: { optional: { language_code: language } },
  getMyShortDescription: { optional: { language_code: language } },
  setMyShortDescription: { optional: { short_description: string(0, 120), language_code: language } },
};

/** @throws {TelegramRefusal} */
export function checkParameters(method: string, parameters: Record<string, unknown>): void {
  object(methods[method] ?? {})(parameters, method);
  if (typeof parameters["text"] === "string" && method !== "answerCallbackQuery") visibleText(parameters);
  const { caption } = parameters;
  if (caption !== undefined && visibleText({ ...parameters, text: caption }).length > 1024) {
    refuse("message caption is too long");
  }
}

/**
 * The text as people read it.
 *
 * @throws {TelegramRefusal} When the markup is broken, or nothing or too much is left.
 */
export function visibleText({ text, parse_mode }: Record<string, unknown>): string {
  const visible = parse_mode === "HTML" ? parseTelegramHtml(String(text)) : String(text);
  if (visible.trim() === "") refuse("message text is empty");
  if (visible.length > 4096) refuse("message is too long");
  return visible;
}
