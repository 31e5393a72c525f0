import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Database } from "../../src/db/database.ts";
import { openTestApi, type TestApi } from "../helpers/api.ts";
import { openTestDatabase } from "../helpers/database.ts";

let db: Database;
let api: TestApi;

beforeAll(async () => {
  db = await openTestDatabase();
  api = await openTestApi(db);
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await db[Symbol.asyncDispose]();
});

/** Sends the lines as they are: no client would write these. */
async function raw(...lines: string[]): Promise<{ status: number; body: string }> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let received = "";
  const decoder = new TextDecoder();
  await Bun.connect({
    hostname: "127.0.0.1",
    port: Number(new URL(api.server.url).port),
    socket: {
      open: (socket) => void socket.write(`${[...lines, "Connection: close"].join("\r\n")}\r\n\r\n`),
      data: (_, data) => {
        received += decoder.decode(data);
      },
      close: () => resolve(received),
    },
  });
  const response = await promise;
  return { status: Number(response.split(" ")[1]), body: response.slice(response.indexOf("\r\n\r\n") + 4) };
}

const notFound = '{"error":"not_found","message":"There is nothing here."}';

test.each(["a", "ab", "abc", "a:1", "[::1]", "localhost", "x.example.com:8000"])(
  "with the host %s a path is what it says",
  async (host) => {
    expect(await raw("GET /health HTTP/1.1", `Host: ${host}`)).toMatchObject({ status: 200 });
    expect(await raw("GET /xyz/health HTTP/1.1", `Host: ${host}`)).toEqual({ status: 404, body: notFound });
    expect(await raw("GET /x/health HTTP/1.1", `Host: ${host}`)).toEqual({ status: 404, body: notFound });
    expect(await raw("GET //a/health HTTP/1.1", `Host: ${host}`)).toEqual({ status: 404, body: notFound });
  },
);

test.each(["x/health?", "a/", "u@h", "", "a b", "a#"])(
  "with the malformed host %p nothing is answered",
  async (host) => {
    for (const path of ["/health", "/nothing", "/health/x"]) {
      const { status, body } = await raw(`GET ${path} HTTP/1.1`, `Host: ${host}`);
      expect(status).toBe(400);
      if (body !== "") expect(JSON.parse(body)).toMatchObject({ error: "bad_host" });
    }
  },
);

test("an absolute target is the path of it", async () => {
  expect(await raw("GET http://evil.example/health HTTP/1.1", "Host: api.example.com")).toMatchObject({ status: 200 });
});

test.each(["/", "/nothing", "/health/", "/jobs/%E0%A4%A/x", "/%00", "/__proto__", "/constructor", "/telegram/webhook"])(
  "%s is a 404 in JSON, with no internals",
  async (path) => {
    const response = await fetch(api.server.url + path);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe(notFound);
  },
);

test("every answer forbids caching and sniffing", async () => {
  for (const path of ["/health", "/nothing", "/jobs/x"]) {
    const { headers } = await fetch(api.server.url + path);
    expect([headers.get("cache-control"), headers.get("x-content-type-options")]).toEqual(["no-store", "nosniff"]);
    expect(headers.get("content-type")).toStartWith("application/json");
  }
});
