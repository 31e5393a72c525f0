import { afterEach, beforeEach, expect, test } from "bun:test";
import { PictureError } from "../../src/pictures/picture.ts";
import { createDownloadFile } from "../../src/telegram/download-file.ts";
import { createTelegramApi } from "../../src/telegram/telegram-api.ts";
import { openTelegramServer, type TelegramServer } from "../helpers/telegram-server.ts";

let telegram: TelegramServer;
let failures: string[];

beforeEach(() => {
  telegram = openTelegramServer();
  failures = [];
});
afterEach(async () => {
  await telegram[Symbol.asyncDispose]();
  expect(telegram.violations).toEqual([]);
  expect(failures.join()).not.toContain(telegram.token);
});

function download(fileId = "photo", signal = new AbortController().signal): Promise<Uint8Array> {
  const apiRoot = `${telegram.url}/`;
  const api = createTelegramApi({ botToken: telegram.token, apiRoot });
  const onFailure = (reason: string) => void failures.push(reason);
  return createDownloadFile({ api, botToken: telegram.token, apiRoot, onFailure })(fileId, signal);
}

async function problemOf(file: Promise<Uint8Array>): Promise<string> {
  const error: unknown = await file.then(
    () => undefined,
    (one: unknown) => one,
  );
  return error instanceof PictureError ? error.problem : String(error);
}

test("a file comes as it was sent", async () => {
  telegram.files.set("photo", new Uint8Array([1, 2, 3]));
  expect([...(await download())]).toEqual([1, 2, 3]);
});

test("a transfer that fails is tried again", async () => {
  telegram.files.set("photo", new Uint8Array([1]));
  telegram.fail({ method: "file", http: { status: 502, body: "<html>" } });
  telegram.fail({ method: "getFile", error: { error_code: 500, description: "Internal Server Error" } });
  expect([...(await download())]).toEqual([1]);
  expect(failures).toEqual([]);
});

test("a wait that Telegram asks for is kept", async () => {
  telegram.files.set("photo", new Uint8Array([1]));
  telegram.fail({
    method: "getFile",
    error: { error_code: 429, description: "Too Many Requests", parameters: { retry_after: 1 } },
  });
  expect([...(await download())]).toEqual([1]);
});

test("a file that is gone is said to be, at once", async () => {
  expect(await problemOf(download())).toBe("unavailable");
  expect(failures).toEqual(["getFile: 400 Bad Request: wrong file_id or the file is temporarily unavailable"]);
});

test("a file over 20 MB is too large, whoever notices", async () => {
  telegram.files.set("photo", new Uint8Array(21 * 1024 * 1024));
  expect(await problemOf(download())).toBe("too_large");
});

test("a server that sends more than it said is cut off", async () => {
  const endless = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch(request) {
      if (request.url.includes("/file/")) {
        return new Response(
          new ReadableStream({
            async pull(controller) {
              controller.enqueue(new Uint8Array(1024 * 1024));
              await Bun.sleep(0);
            },
          }),
        );
      }
      return Response.json({ ok: true, result: { file_id: "x", file_unique_id: "y", file_path: "photos/x.jpg" } });
    },
  });
  const apiRoot = endless.url.origin;
  const api = createTelegramApi({ botToken: "1:a", apiRoot });
  const file = createDownloadFile({ api, botToken: "1:a", apiRoot, onFailure: () => undefined });
  expect(await problemOf(file("x", new AbortController().signal))).toBe("too_large");
  await endless.stop(true);
});

test.each(["../../getMe", "photos/../../x", "/etc/passwd", "http://elsewhere.example/x", "a?b", "a#b", ""])(
  "a path that leads elsewhere is not followed: %s",
  async (path) => {
    let asked = 0;
    const server = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      fetch(request) {
        if (request.url.endsWith("/getFile")) return Response.json({ ok: true, result: { file_path: path } });
        asked += 1;
        return new Response("secret");
      },
    });
    const apiRoot = server.url.origin;
    const api = createTelegramApi({ botToken: "1:a", apiRoot });
    const file = createDownloadFile({ api, botToken: "1:a", apiRoot, onFailure: () => undefined });
    expect(await problemOf(file("x", new AbortController().signal))).toBe("unavailable");
    expect(asked).toBe(0);
    await server.stop(true);
  },
);

test("a job that is cancelled stops waiting", async () => {
  telegram.fail({ method: "getFile", delayMs: 30_000 });
  const stop = new AbortController();
  const file = download("photo", stop.signal);
  stop.abort(new Error("cancelled"));
  await expect(file).rejects.toThrow("cancelled");
});
