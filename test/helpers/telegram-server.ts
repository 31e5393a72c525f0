import { TelegramRefusal } from "./telegram-html.ts";
import { checkParameters, methods, visibleText } from "./telegram-methods.ts";

/**
 * A stand-in for Telegram's Bot API server. It refuses whatever the Bot API refuses, and unknown fields besides;
 * keeps what was sent, in order; delivers updates to the webhook or to `getUpdates`; and fails on demand.
 *
 * As a process: `bun test/helpers/telegram-server.ts --port 8081 --token 7000000001:test`. Its own endpoints:
 * `GET /_/calls[?method=&chat=]`, `DELETE /_/calls`, `POST /_/faults` (a {@link Fault}), `POST /_/updates` (an update).
 */
export interface TelegramServer extends AsyncDisposable {
  /** For `TELEGRAM_API_ROOT`. */
  url: string;
  token: string;
  calls: Call[];
  /** Parameters that were refused: mistakes of the client. */
  violations: string[];
  /** Files that people sent, by `file_id`. */
  files: Map<string, Uint8Array<ArrayBuffer>>;
  /** What `getWebhookInfo` says of the last failed delivery. */
  lastError: { at: Date; message: string } | undefined;
  fail(fault: Fault): void;
  /** From now on everything goes well. */
  clearFaults(): void;
  /**
   * Hands an update to the bot, as `getUpdates` or to its webhook.
   * @returns Status of the webhook's answer, if there is one.
   */
  send(update: Record<string, unknown>): Promise<number | undefined>;
  /** The first call, past or future, that passes. */
  call(test: (call: Call) => boolean): Promise<Call>;
}

interface Call {
  method: string;
  parameters: Record<string, unknown>;
  /** The text as people read it. */
  text: string | undefined;
  /** Milliseconds since 1970. */
  at: number;
  /** What was answered; `undefined` while it is held back. */
  answer: Answer | undefined;
}

interface Answer {
  ok: boolean;
  result?: unknown;
  error_code?: number;
  description?: string;
  parameters?: Record<string, unknown>;
}

/** What goes wrong with the next calls that match. */
export interface Fault {
  /** `file` is the download of one. */
  method?: string;
  chatId?: number;
  /** Calls it strikes; 1 unless told. */
  times?: number;
  /** Before anything else. */
  delayMs?: number;
  /** Answer of the Bot API, e.g. `{ error_code: 429, description: "…", parameters: { retry_after: 3 } }`. */
  error?: { error_code: number; description: string; parameters?: Record<string, unknown> };
  /** An answer that is not from the Bot API, such as a proxy's 502 with HTML. */
  http?: { status: number; body: string };
  /** The call takes effect and is never answered. */
  silent?: boolean;
}

interface Chat {
  lastMessageId: number;
  messages: Map<number, string>;
}

const botId = 7000000001;

export function openTelegramServer({
  port = 0,
  token = `${botId}:test`,
  username = "site_builder_bot",
}: {
  port?: number;
  token?: string;
  username?: string;
} = {}): TelegramServer {
  const calls: Call[] = [];
  const violations: string[] = [];
  const waiting = new Set<(call: Call) => void>();
  const faults: (Fault & { times: number })[] = [];
  const chats = new Map<number, Chat>();
  const answeredQueries = new Set<unknown>();
  const updates: Record<string, unknown>[] = [];
  let updateArrived = Promise.withResolvers<void>();
  let webhook: Record<string, unknown> = { url: "" };
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const commands = new Map<string, unknown>();
  const descriptions = new Map<string, unknown>();
  const shortDescriptions = new Map<string, unknown>();
  const closing = new AbortController();

  const bot = { id: botId, is_bot: true, first_name: "Site Builder", username };

  function chatOf(id: unknown): Chat {
    const chat = chats.get(Number(id)) ?? { lastMessageId: 5000, messages: new Map() };
    chats.set(Number(id), chat);
    return chat;
  }

  function messageJson(chatId: unknown, id: number, text: string) {
    const type = Number(chatId) < 0 ? "supergroup" : "private";
    return { message_id: id, date: Math.floor(Date.now() / 1000), from: bot, chat: { id: chatId, type }, text };
  }

  const effects: Record<string, (p: Record<string, unknown>) => unknown> = {
    getMe: () => ({
      ...bot,
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
    }),
    sendMessage(p) {
      const chat = chatOf(p["chat_id"]);
      const id = ++chat.lastMessageId;
      chat.messages.set(id, JSON.stringify([p["text"], p["reply_markup"]]));
      return messageJson(p["chat_id"], id, visibleText(p));
    },
    sendPhoto(p) {
      const chat = chatOf(p["chat_id"]);
      const id = ++chat.lastMessageId;
      chat.messages.set(id, "");
      return { ...messageJson(p["chat_id"], id, ""), photo: [{ file_id: `p${id}`, width: 1200, height: 630 }] };
    },
    sendDocument(p) {
      const chat = chatOf(p["chat_id"]);
      const id = ++chat.lastMessageId;
      chat.messages.set(id, "");
      const { name, size } = p["document"] as File;
      return {
        ...messageJson(p["chat_id"], id, ""),
        document: { file_id: `d${id}`, file_name: name, file_size: size },
      };
    },
    editMessageText(p) {
      const { messages } = chatOf(p["chat_id"]);
      const [id, next] = [Number(p["message_id"]), JSON.stringify([p["text"], p["reply_markup"]])];
      if (!messages.has(id)) throw new TelegramRefusal("message to edit not found");
      if (messages.get(id) === next) {
        throw new TelegramRefusal(
          "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
        );
      }
      messages.set(id, next);
      return messageJson(p["chat_id"], id, visibleText(p));
    },
    editMessageReplyMarkup(p) {
      const id = Number(p["message_id"]);
      if (!chatOf(p["chat_id"]).messages.has(id)) throw new TelegramRefusal("message to edit not found");
      return messageJson(p["chat_id"], id, "");
    },
    deleteMessage(p) {
      if (chatOf(p["chat_id"]).messages.delete(Number(p["message_id"]))) return true;
      throw new TelegramRefusal("message to delete not found");
    },
    answerCallbackQuery({ callback_query_id }) {
      if (answeredQueries.has(callback_query_id)) {
        throw new TelegramRefusal("query is too old and response timeout expired or query ID is invalid");
      }
      answeredQueries.add(callback_query_id);
      return true;
    },
    setWebhook(p) {
      webhook = p;
      if (p["drop_pending_updates"]) updates.length = 0;
      return true;
    },
    deleteWebhook(p) {
      webhook = { url: "" };
      if (p["drop_pending_updates"]) updates.length = 0;
      return true;
    },
    getWebhookInfo: () => {
      const { url, max_connections = 40, allowed_updates } = webhook;
      return {
        url,
        has_custom_certificate: false,
        pending_update_count: updates.length,
        max_connections,
        ...(handle.lastError
          ? {
              last_error_date: handle.lastError.at.getTime() / 1000,
              last_error_message: handle.lastError.message,
            }
          : {}),
        ...(allowed_updates ? { allowed_updates } : {}),
      };
    },
    getFile({ file_id }) {
      const file = files.get(String(file_id));
      if (file === undefined) throw new TelegramRefusal("wrong file_id or the file is temporarily unavailable");
      if (file.byteLength > 20 * 1024 * 1024) throw new TelegramRefusal("file is too big");
      return { file_id, file_unique_id: "u", file_size: file.byteLength, file_path: `photos/${file_id}.jpg` };
    },
    setMyCommands(p) {
      const { chat_id } = (p["scope"] ?? {}) as { chat_id?: number };
      if (chat_id !== undefined && !chats.has(chat_id)) throw new TelegramRefusal("chat not found");
      commands.set(audienceOf(p), p["commands"]);
      return true;
    },
    deleteMyCommands(p) {
      commands.delete(audienceOf(p));
      return true;
    },
    getMyCommands: (p) => commands.get(audienceOf(p)) ?? [],
    setMyDescription(p) {
      descriptions.set(audienceOf(p), p["description"]);
      return true;
    },
    getMyDescription: (p) => ({ description: descriptions.get(audienceOf(p)) ?? "" }),
    setMyShortDescription(p) {
      shortDescriptions.set(audienceOf(p), p["short_description"]);
      return true;
    },
    getMyShortDescription: (p) => ({ short_description: shortDescriptions.get(audienceOf(p)) ?? "" }),
  };

  async function getUpdates(p: Record<string, unknown>): Promise<unknown> {
    if (webhook["url"]) throw Object.assign(new TelegramRefusal(conflict), { code: 409 });
    const offset = Number(p["offset"] ?? 0);
    if (offset > 0) updates.splice(0, updates.findLastIndex((one) => Number(one["update_id"]) < offset) + 1);
    if (updates.length === 0 && Number(p["timeout"] ?? 0) > 0) {
      const timeout = AbortSignal.any([closing.signal, AbortSignal.timeout(Number(p["timeout"]) * 1000)]);
      const ended = Promise.withResolvers<void>();
      timeout.addEventListener("abort", () => ended.resolve(), { once: true });
      await Promise.race([updateArrived.promise, ended.promise]);
    }
    return updates.slice(0, Number(p["limit"] ?? 100));
  }

  async function answer(method: string, parameters: Record<string, unknown>): Promise<Answer> {
    try {
      checkParameters(method, parameters);
    } catch (error) {
      violations.push(`${method}: ${(error as Error).message}`);
      return refusal(error);
    }
    try {
      const effect = effects[method] ?? (() => true);
      return { ok: true, result: method === "getUpdates" ? await getUpdates(parameters) : effect(parameters) };
    } catch (error) {
      return refusal(error);
    }
  }

  function takeFault(method: string, chatId: unknown): Fault {
    const index = faults.findIndex(
      (one) => (one.method ?? method) === method && (one.chatId === undefined || one.chatId === chatId),
    );
    const fault = faults[index];
    if (fault === undefined) return {};
    fault.times -= 1;
    if (fault.times <= 0) faults.splice(index, 1);
    return fault;
  }

  async function handleCall(method: string, request: Request): Promise<Response> {
    const parameters = await readParameters(request);
    const call: Call = { method, parameters, text: readable(parameters), at: Date.now(), answer: undefined };
    const fault = takeFault(method, parameters["chat_id"]);
    if (fault.delayMs) await Bun.sleep(fault.delayMs);
    if (fault.http) {
      record(call);
      return new Response(fault.http.body, { status: fault.http.status });
    }
    call.answer = fault.error ? { ok: false, ...fault.error } : await answer(method, parameters);
    record(call);
    if (fault.silent) {
      await new Promise<void>((resolve) => {
        request.signal.addEventListener("abort", () => resolve(), { once: true });
        closing.signal.addEventListener("abort", () => resolve(), { once: true });
      });
    }
    return Response.json(call.answer, { status: call.answer.error_code ?? 200 });
  }

  async function handleDownload(fileId: string): Promise<Response> {
    const fault = takeFault("file", undefined);
    if (fault.delayMs) await Bun.sleep(fault.delayMs);
    if (fault.http) return new Response(fault.http.body, { status: fault.http.status });
    return new Response(files.get(fileId) ?? null, { status: files.has(fileId) ? 200 : 404 });
  }

  function record(call: Call): void {
    calls.push(call);
    for (const listener of waiting) listener(call);
  }

  async function send(update: Record<string, unknown>): Promise<number | undefined> {
    if (!webhook["url"]) {
      updates.push(update);
      updateArrived.resolve();
      updateArrived = Promise.withResolvers();
      return undefined;
    }
    const secret = webhook["secret_token"];
    const response = await fetch(String(webhook["url"]), {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(secret ? { "x-telegram-bot-api-secret-token": String(secret) } : {}),
      },
      body: JSON.stringify(update),
    });
    return response.status;
  }

  function fail(fault: Fault): void {
    faults.push({ times: 1, ...fault });
  }

  async function handleControl(request: Request, path: string, query: URLSearchParams): Promise<Response> {
    switch (`${request.method} ${path}`) {
      case "GET /_/calls": {
        const [method, chat] = [query.get("method"), query.get("chat")];
        const wanted = calls.filter(
          (call) =>
            (method === null || call.method === method) &&
            (chat === null || String(call.parameters["chat_id"]) === chat),
        );
        return Response.json({ calls: wanted, violations });
      }
      case "DELETE /_/calls":
        calls.length = 0;
        return Response.json({});
      case "POST /_/faults":
        fail((await request.json()) as Fault);
        return Response.json({});
      case "POST /_/updates":
        return Response.json({ status: await send((await request.json()) as Record<string, unknown>) });
      default:
        return Response.json({ error: "unknown" }, { status: 404 });
    }
  }

  const server = Bun.serve({
    hostname: "127.0.0.1",
    port,
    idleTimeout: 255,
    development: false,
    fetch(request) {
      const { pathname, searchParams } = new URL(request.url);
      if (pathname.startsWith("/_/")) return handleControl(request, pathname, searchParams);
      const [, key, fileId = ""] = /^\/file\/bot([^/]+)\/photos\/([\w-]+)\.jpg$/.exec(pathname) ?? [];
      if (key === token) return handleDownload(fileId);
      const [, given, method = ""] = /^\/bot([^/]+)\/(\w+)$/.exec(pathname) ?? [];
      if (given === undefined || !Object.hasOwn(methods, method)) {
        violations.push(`unknown method ${method || pathname.replaceAll(token, "<token>")}`);
        return Response.json({ ok: false, error_code: 404, description: "Not Found" }, { status: 404 });
      }
      if (given !== token) {
        return Response.json({ ok: false, error_code: 401, description: "Unauthorized" }, { status: 401 });
      }
      return handleCall(method, request);
    },
  });

  const handle: TelegramServer = {
    url: `http://127.0.0.1:${server.port}`,
    token,
    calls,
    violations,
    files,
    lastError: undefined,
    fail,
    clearFaults: () => void faults.splice(0),
    send,
    call(test) {
      const past = calls.find(test);
      if (past !== undefined) return Promise.resolve(past);
      return new Promise((resolve) => {
        const listener = (call: Call) => {
          if (!test(call)) return;
          waiting.delete(listener);
          resolve(call);
        };
        waiting.add(listener);
      });
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      await server.stop(true);
    },
  };
  return handle;
}

const conflict = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";

function audienceOf({ scope, language_code }: Record<string, unknown>): string {
  return JSON.stringify([scope ?? { type: "default" }, language_code ?? ""]);
}

function refusal(error: unknown): Answer {
  if (!(error instanceof TelegramRefusal)) throw error;
  const { code = 400 } = error as { code?: number };
  return { ok: false, error_code: code, description: `${code === 409 ? "Conflict" : "Bad Request"}: ${error.message}` };
}

async function readParameters(request: Request): Promise<Record<string, unknown>> {
  if (request.headers.get("content-type")?.startsWith("multipart/form-data")) return readForm(await request.formData());
  const body = await request.text();
  if (body === "") return Object.fromEntries(new URL(request.url).searchParams);
  return JSON.parse(body) as Record<string, unknown>;
}

/** In a form numbers and objects are JSON, and a file stands under the name that `attach://` gives. */
function readForm(form: Awaited<ReturnType<Request["formData"]>>): Record<string, unknown> {
  const parameters: Record<string, unknown> = {};
  const attached = new Set<string>();
  for (const [name, value] of form) {
    if (typeof value !== "string") continue;
    const file = value.startsWith("attach://") ? value.slice("attach://".length) : undefined;
    if (file !== undefined) attached.add(file);
    parameters[name] = file === undefined ? readField(value) : form.get(file);
  }
  for (const [name, value] of form) if (typeof value !== "string" && !attached.has(name)) parameters[name] = value;
  return parameters;
}

function readField(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function readable(parameters: Record<string, unknown>): string | undefined {
  if (typeof parameters["caption"] === "string")
    return readable({ ...parameters, caption: undefined, text: parameters["caption"] });
  if (typeof parameters["text"] !== "string") return undefined;
  try {
    return visibleText(parameters);
  } catch {
    return parameters["text"];
  }
}

if (import.meta.main) {
  const flags = Object.fromEntries(
    process.argv
      .slice(2)
      .flatMap((flag, index, all) => (flag.startsWith("--") ? [[flag.slice(2), all[index + 1]]] : [])),
  ) as { port?: string; token?: string; username?: string };
  const server = openTelegramServer({
    port: Number(flags.port ?? 8081),
    ...(flags.token ? { token: flags.token } : {}),
    ...(flags.username ? { username: flags.username } : {}),
  });
  console.log(`TELEGRAM_API_ROOT=${server.url} TELEGRAM_BOT_TOKEN=${server.token}`);
}
