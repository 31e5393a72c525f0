import TelegramServer from "telegram-test-api";
import { until } from "./until.ts";

/** What the bot said, as it stands now. */
export interface BotMessage {
  id: number;
  text: string;
  buttons: { text: string; callback_data?: string; url?: string }[];
}

/** A Bot API server that nobody here wrote, with one person in a private chat. */
export interface TelegramEmulator extends AsyncDisposable {
  /** For `TELEGRAM_API_ROOT`. */
  url: string;
  token: string;
  /** The oldest message of the bot's that passes, as soon as there is one. */
  message(test: (message: BotMessage) => boolean): Promise<BotMessage>;
  say(text: string, replyTo?: BotMessage): Promise<void>;
  /** Presses the button that passes. */
  press(message: BotMessage, test: (button: BotMessage["buttons"][number]) => boolean): Promise<void>;
  /** Methods called that the emulator does not know. */
  others: string[];
}

const token = "666:emulated";
const known = /^(?:getMe|sendMessage|editMessage(?:Text|ReplyMarkup)|deleteMessage|answerCallbackQuery|deleteWebhook)$/;
const person = { userId: 777, chatId: 777, firstName: "Ada", type: "private" } as const;
const botUser = { id: 666, is_bot: true, first_name: "Test First name", username: "TestNameBot" };

/**
 * `telegram-test-api` behind a small relay for what it lacks: the secret that Telegram sends with each update,
 * `getWebhookInfo`, and an answer to methods that came after it.
 */
export async function openTelegramEmulator(): Promise<TelegramEmulator> {
  const emulator = new TelegramServer({ port: freePort(), host: "127.0.0.1" });
  await emulator.start();
  const client = emulator.getClient(token, person);
  let webhook: { url?: string; secret_token?: string } = {};
  const others: string[] = [];

  async function forward(path: string, body: string): Promise<Response> {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${emulator.config.apiURL}${path}`, { method: "POST", headers, body: body || "{}" });
    return new Response(await response.text(), { status: response.status, headers });
  }

  const relay: Bun.Server<undefined> = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(request): Promise<Response> {
      const body = await request.text();
      const { pathname } = new URL(request.url);
      if (pathname === "/update") {
        const headers = {
          "content-type": "application/json",
          "x-telegram-bot-api-secret-token": webhook.secret_token ?? "",
        };
        return fetch(webhook.url ?? "", { method: "POST", headers, body });
      }
      const method = pathname.split("/").at(-1) ?? "";
      if (method === "setWebhook") {
        webhook = JSON.parse(body) as typeof webhook;
        return forward(pathname, JSON.stringify({ url: `${relay.url.origin}/update` }));
      }
      if (method === "getWebhookInfo") {
        const info = { url: webhook.url ?? "", has_custom_certificate: false, pending_update_count: 0 };
        return Response.json({ ok: true, result: info });
      }
      if (known.test(method)) return forward(pathname, body);
      others.push(method);
      return Response.json({ ok: true, result: true });
    },
  });

  function messages(): BotMessage[] {
    return emulator.storage.botMessages.map(({ messageId, message }) => {
      const { text = "", reply_markup } = message as { text?: string; reply_markup?: unknown };
      const { inline_keyboard = [] } = (reply_markup ?? {}) as { inline_keyboard?: BotMessage["buttons"][] };
      return { id: messageId, text, buttons: inline_keyboard.flat() };
    });
  }

  /** The emulator numbers an update when the one before was taken: two at once would get the same number. */
  async function deliver(send: () => Promise<unknown>): Promise<void> {
    const taken = emulator.waitUserMessage();
    await send();
    await taken;
  }

  return {
    url: relay.url.origin,
    token,
    others,
    async message(test) {
      await until(() => messages().some(test));
      return messages().find(test) as BotMessage;
    },
    say: (text, replyTo) =>
      deliver(() => {
        const reply = replyTo && { message_id: replyTo.id, from: botUser, date: 0, chat: { id: 777, type: "private" } };
        const options = reply === undefined ? {} : { reply_to_message: reply };
        // Its types are those of another library.
        if (text.startsWith("/")) return client.sendCommand(client.makeCommand(text, options as never));
        return client.sendMessage(client.makeMessage(text, options as never));
      }),
    press: (message, test) =>
      deliver(() => {
        const data = message.buttons.find(test)?.callback_data;
        if (data === undefined) throw new Error(`no such button under: ${message.text}`);
        return client.sendCallback(client.makeCallbackQuery(data, { message: { message_id: message.id } } as never));
      }),
    async [Symbol.asyncDispose]() {
      await relay.stop(true);
      await emulator.stop();
    },
  };
}

/** The emulator cannot be asked for a free one. */
export function freePort(): number {
  const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => new Response() });
  const { port = 0 } = server;
  void server.stop(true);
  return port;
}
