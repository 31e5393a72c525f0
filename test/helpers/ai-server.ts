/**
 * A scripted AI server: OpenAI chat completions and Gemini `streamGenerateContent`, streamed, on one port.
 *
 * In a test: `using server = await startAiServer({ reply: "…" })`. As a process of its own:
 * `bun test/helpers/ai-server.ts --port 9100 --script slow` (a name from `aiScripts`, or a JSON file with one script or
 * a list of them; prints its address when it listens). From outside, `GET /requests` tells what was asked so far, and
 * `PUT /script` takes a name or JSON to play from now on.
 */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { parseArgs } from "node:util";
import { aiScripts, goodPage } from "./ai-scripts.ts";

export interface AiScript {
  /** Text of the reply. Default: a good page. */
  reply?: string;
  /** Thinking, sent before the text. */
  reasoning?: string;
  /** Characters in one event. Default 40. */
  pieceLength?: number;
  /** Bytes in one write to the socket, wherever that falls: inside a character, inside a frame. Default: whole frames. */
  writeBytes?: number;
  /** Pause before each event. */
  delayMs?: number;
  /** After so many events the rest waits. In tests only: JSON has no promises. */
  pause?: { after: number; until: Promise<void> };
  /** How the reply ends; `none` sends no finish reason. Default `stop`. */
  finish?: "stop" | "length" | "blocked" | "refused" | "none";
  /** The finish reason in the provider's own words, instead of `finish`. */
  finishWord?: string;
  /** Tokens; `null` sends no usage. */
  usage?: { inputTokens: number; outputTokens: number } | null;
  /** After so many events nothing more is sent and the connection stays open. */
  stallAfter?: number;
  /** After so many events the connection is cut. */
  dropAfter?: number;
  /** After so many events this is sent as an event of its own and the stream ends. */
  errorInStream?: { after: number; error: unknown };
  /** Answered instead of a stream. */
  failure?: { status: number; code?: string; message?: string; retryAfter?: string; retryInfo?: string; body?: string };
  /** Sent as they are, one event each, instead of a reply. */
  events?: unknown[];
  /** Answered with 200 and sent as it is instead of a stream of events. */
  raw?: string;
}

interface AiRequest {
  method: string;
  path: string;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads into it what it knows was sent.
  body: any;
  /** Settles when the answer is over: sent to its end, or left by the client. */
  ended: Promise<"sent" | "left">;
}

export interface AiServer extends Disposable {
  /** Root of the server: base URL for Gemini. */
  readonly url: string;
  /** Base URL for OpenAI. */
  readonly openAiUrl: string;
  readonly requests: AiRequest[];
  /** From now on, one script for each request in turn; the last goes on for ever. */
  play(...scripts: AiScript[]): void;
  /** Plays `script` for every request whose messages contain `words`, whatever else is played. */
  playFor(words: string, script: AiScript): void;
  stop(): void;
}

type Protocol = "openai" | "gemini";

/**
 * Starts the server. On `node:http`, because every write goes out on its own there: a scripted split reaches the client
 * as a split, and a connection can be cut with what was sent before still arriving.
 */
export async function startAiServer(script: AiScript | AiScript[] = {}, port = 0): Promise<AiServer> {
  let scripts = [script].flat();
  const special = new Map<string, AiScript>();
  const requests: AiRequest[] = [];
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://ai.test").pathname;
    const text = await new Response(Readable.toWeb(request) as ReadableStream).text();
    const route = `${request.method} ${path}`;
    const protocol = protocolOf(path);
    if (route === "GET /requests") return void response.end(JSON.stringify(requests));
    if (route === "PUT /script") {
      scripts = [aiScripts[text] ?? (JSON.parse(text) as AiScript | AiScript[])].flat();
      return void response.end();
    }
    if (request.method !== "POST" || protocol === undefined) return void response.writeHead(404).end();
    const [, chosen] = [...special].find(([words]) => text.includes(words)) ?? [];
    const next = chosen ?? (scripts.length > 1 ? scripts.shift() : scripts[0]) ?? {};
    const { promise: ended, resolve } = Promise.withResolvers<"sent" | "left">();
    response.on("close", () => resolve(response.writableFinished ? "sent" : "left"));
    const headers = new Headers(request.headers as Record<string, string>);
    requests.push({ method: "POST", path, headers, body: JSON.parse(text), ended });
    await answer(next, protocol, response);
  });
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return {
    url,
    openAiUrl: `${url}/v1`,
    requests,
    play(...next) {
      scripts = next;
    },
    playFor: (words, script) => void special.set(words, script),
    stop,
    [Symbol.dispose]: stop,
  };
}

function protocolOf(path: string): Protocol | undefined {
  if (path.endsWith("/chat/completions")) return "openai";
  return path.endsWith(":streamGenerateContent") ? "gemini" : undefined;
}

async function answer(script: AiScript, protocol: Protocol, response: ServerResponse): Promise<void> {
  if (script.failure !== undefined) return sendFailure(script.failure, protocol, response);
  if (script.raw !== undefined) {
    response.writeHead(200, { "content-type": "application/json" }).end(script.raw);
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  const send = async (text: string) => {
    const bytes = new TextEncoder().encode(text);
    const size = script.writeBytes ?? bytes.length;
    for (let at = 0; at < bytes.length && !response.destroyed; at += size)
      await new Promise((written) => response.write(bytes.subarray(at, at + size), written));
  };
  const how = await sendEvents(script, protocol, send, () => response.destroyed);
  if (how === "done") response.end();
  if (how === "dropped") response.destroy();
}

async function sendEvents(
  script: AiScript,
  protocol: Protocol,
  send: (text: string) => Promise<void>,
  hasLeft: () => boolean,
): Promise<"done" | "stalled" | "dropped"> {
  let sent = 0;
  for (const event of events(script, protocol)) {
    if (hasLeft()) return "done";
    if (sent === script.pause?.after) await script.pause.until;
    if (sent === script.stallAfter) return "stalled";
    if (sent === script.dropAfter) return "dropped";
    if (sent === script.errorInStream?.after) {
      await send(frame(script.errorInStream.error));
      return "done";
    }
    if (script.delayMs !== undefined) await Bun.sleep(script.delayMs);
    await send(frame(event));
    sent++;
  }
  if (script.stallAfter !== undefined) return "stalled";
  if (protocol === "openai") await send("data: [DONE]\n\n");
  return "done";
}

function frame(event: unknown): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}

function* events(script: AiScript, protocol: Protocol): Generator<unknown> {
  if (script.events !== undefined) return yield* script.events;
  const write = protocol === "openai" ? openAiEvents : geminiEvents;
  const size = script.pieceLength ?? 40;
  const pieces = [
    ...split(script.reasoning ?? "", size).map((text) => ({ text, thought: true })),
    ...split(script.reply ?? goodPage, size).map((text) => ({ text, thought: false })),
  ];
  yield* write(script, pieces);
}

interface Piece {
  text: string;
  thought: boolean;
}

function* openAiEvents(script: AiScript, pieces: Piece[]): Generator<unknown> {
  const chunk = (delta: object, finish: string | null = null) => ({
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    created: 1_700_000_000,
    model: "scripted-model",
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  yield chunk({ role: "assistant", content: "" });
  for (const { text, thought } of pieces) yield chunk(thought ? { reasoning_content: text } : { content: text });
  if (script.finish === "refused") yield chunk({ refusal: "I can't help with that." });
  const words = { stop: "stop", length: "length", blocked: "content_filter", refused: "stop", none: undefined };
  const word = script.finishWord ?? words[script.finish ?? "stop"];
  if (word !== undefined) yield chunk({}, word);
  const usage = tokens(script);
  if (usage !== null)
    yield {
      ...chunk({}),
      choices: [],
      usage: { prompt_tokens: usage.inputTokens, completion_tokens: usage.outputTokens },
    };
}

function* geminiEvents(script: AiScript, pieces: Piece[]): Generator<unknown> {
  const words = {
    stop: "STOP",
    length: "MAX_TOKENS",
    blocked: "SAFETY",
    refused: "PROHIBITED_CONTENT",
    none: undefined,
  };
  const finishReason = script.finishWord ?? words[script.finish ?? "stop"];
  const usage = tokens(script);
  for (const { text, thought } of pieces)
    yield {
      candidates: [{ content: { role: "model", parts: [thought ? { text, thought } : { text }] }, index: 0 }],
      modelVersion: "scripted-model",
    };
  yield {
    candidates: [{ content: { role: "model", parts: [] }, index: 0, ...(finishReason && { finishReason }) }],
    modelVersion: "scripted-model",
    ...(usage !== null && {
      usageMetadata: { promptTokenCount: usage.inputTokens, candidatesTokenCount: usage.outputTokens },
    }),
  };
}

function tokens(script: AiScript): { inputTokens: number; outputTokens: number } | null {
  return script.usage === undefined ? { inputTokens: 120, outputTokens: 840 } : script.usage;
}

function sendFailure(failure: NonNullable<AiScript["failure"]>, protocol: Protocol, response: ServerResponse): void {
  const { status, code = "scripted", message = "scripted failure", retryAfter, retryInfo } = failure;
  const details = [
    { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: code },
    ...(retryInfo === undefined
      ? []
      : [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: retryInfo }]),
  ];
  const error =
    protocol === "openai"
      ? { message, type: code, code }
      : { code: status, status: code.toUpperCase(), message, details };
  response
    .writeHead(status, {
      "content-type": "application/json",
      ...(retryAfter !== undefined && { "retry-after": retryAfter }),
    })
    .end(failure.body ?? JSON.stringify({ error }));
}

/** By UTF-16 units, so a piece never holds half a surrogate pair: JSON would escape it, no server sends that. */
function split(text: string, size: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    let end = Math.min(at + size, text.length);
    if (end < text.length && (text.charCodeAt(end) & 0xfc00) === 0xdc00) end++;
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { port: { type: "string", default: "0" }, script: { type: "string", default: "good" } },
  });
  const script = aiScripts[values.script] ?? ((await Bun.file(values.script).json()) as AiScript | AiScript[]);
  console.log((await startAiServer(script, Number(values.port))).url);
}
