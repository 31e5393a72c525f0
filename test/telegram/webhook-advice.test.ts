import { expect, test } from "bun:test";
import { allowedUpdates } from "../../src/telegram/intake.ts";
import type { Webhook } from "../../src/telegram/webhook.ts";
import { adviseOnWebhook } from "../../src/telegram/webhook-advice.ts";

const since = new Date("2026-11-01T00:00:00Z");

function advise(given: Partial<Webhook>): string {
  const webhook: Webhook = {
    url: "https://api.example.com/telegram/webhook",
    pendingUpdates: 0,
    maxConnections: 40,
    allowedUpdates,
    ipAddress: undefined,
    lastError: undefined,
    ...given,
  };
  return adviseOnWebhook(webhook, { since }).join("\n");
}

function failing(message: string, at = new Date("2026-11-02T00:00:00Z")): string {
  return advise({ lastError: { at, message } });
}

test("a webhook that works needs no advice", () => {
  expect(advise({})).toBe("");
  expect(advise({ url: "https://example.com/bots/1/telegram/webhook" })).toBe("");
  expect(advise({ allowedUpdates: undefined })).toBe("");
});

test("a missing webhook has to be set", () => {
  expect(adviseOnWebhook(undefined, { since }).join()).toContain("webhook set");
});

test("another program's webhook is named by its host, its secret path left out", () => {
  const advice = advise({ url: "https://other.example.com/s3cret" });
  expect(advice).toContain("other.example.com");
  expect(advice).not.toContain("s3cret");
});

test("kinds of updates that are not asked for are named", () => {
  expect(advise({ allowedUpdates: ["message"] })).toContain("callback_query, my_chat_member");
});

const failures: [string, RegExp][] = [
  ["Wrong response from the webhook: 401 Unauthorized", /secret/i],
  ["Wrong response from the webhook: 404 Not Found", /\/telegram\/webhook/],
  ["Wrong response from the webhook: 413 Request Entity Too Large", /1 MiB/],
  ["Wrong response from the webhook: 502 Bad Gateway", /proxy/],
  ["Wrong response from the webhook: 500 Internal Server Error", /log/],
  ["SSL error {error:0A000086:SSL routines::certificate verify failed}", /certificate/i],
  ["Failed to resolve host: Name or service not known", /name/],
  ["Connection timed out", /connect/],
  ["Connection refused", /connect/],
];
test.each(failures)("%s is explained", (message, explanation) => {
  expect(failing(message)).toMatch(explanation);
});

test("a failure of the past is the past's", () => {
  expect(failing("Connection refused", new Date("2026-10-31T00:00:00Z"))).toBe("");
});
