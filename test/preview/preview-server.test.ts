import { expect, setDefaultTimeout, test } from "bun:test";
import { connect } from "node:net";
import { ConfigError } from "../../src/errors.ts";
import { openPreviewServer } from "../../src/preview/preview-server.ts";
import { openPreviewStage } from "./preview-stage.ts";

setDefaultTimeout(60_000);

test("a port that is taken is a problem of the settings", async () => {
  await using stage = await openPreviewStage();
  const { port } = stage.server;
  const second = openPreviewServer({ root: stage.root, baseUrl: "http://localhost", host: "127.0.0.1", port });
  await expect(second).rejects.toThrow(ConfigError);
});

test("creates the previews directory it is to serve", async () => {
  await using stage = await openPreviewStage();
  const root = `${stage.root}/not/there/yet`;
  await using server = await openPreviewServer({ root, baseUrl: "http://localhost", host: "127.0.0.1", port: 0 });
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
});

test("idle connections do not hold up the end", async () => {
  const stage = await openPreviewStage();
  const idle = connect(stage.server.port, "127.0.0.1");
  idle.write("GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
  await new Promise((resolve) => idle.once("data", resolve));
  const closed = new Promise((resolve) => idle.once("close", resolve));
  await Promise.all([stage[Symbol.asyncDispose](), closed]);
  await expect(fetch(`${stage.server.url}/health`)).rejects.toThrow();
});

test("malformed base addresses are refused", async () => {
  for (const baseUrl of [
    "",
    "localhost:8001",
    "ftp://x",
    "https://a.*.example.com",
    "https://*.example.com/path",
    "https://*",
  ]) {
    const opening = openPreviewServer({ root: "/tmp", baseUrl, host: "127.0.0.1", port: 0 });
    await expect(opening).rejects.toThrow(ConfigError);
  }
});
