import { equal, ok } from "node:assert/strict";
import type { Scenario } from "./scenario.ts";
import type { Stage } from "./stage.ts";

export const telegram: Scenario[] = [
  {
    number: 37,
    fault: "Telegram answers 429 with retry_after: 9",
    patient: true,
    async run(stage) {
      const error = {
        error_code: 429,
        description: "Too Many Requests: retry after 9",
        parameters: { retry_after: 9 },
      };
      await stage.startApi();
      stage.telegram.fail({ method: "sendMessage", chatId: 137, error });
      const id = await stage.say(137);
      await stage.startWorker();
      await stage.finished(id);
      const [refused] = messages(stage, 137);
      await stage.telegram.call(
        ({ parameters, answer }) => parameters["chat_id"] === 137 && isLink(parameters) && answer?.ok === true,
      );
      const [, ...sent] = messages(stage, 137);
      ok(refused && sent[0] && sent[0].at - refused.at >= 9_000, "it waited as long as it was told to");
      ok(!isLink(sent[0]?.parameters ?? {}) && isLink(sent.at(-1)?.parameters ?? {}), "the order is kept");
      equal((await stage.job(id)).attempt, 1);
      return { recoveredMs: (sent[0]?.at ?? 0) - (refused?.at ?? 0) };
    },
  },
  {
    number: 38,
    fault: "Telegram answers 403 (bot blocked), 400 (chat not found)",
    async run(stage) {
      const answers = new Map([
        [138, { error_code: 403, description: "Forbidden: bot was blocked by the user" }],
        [1380, { error_code: 400, description: "Bad Request: chat not found" }],
      ]);
      for (const [chatId, error] of answers) stage.telegram.fail({ chatId, error, times: 1_000 });
      await stage.startApi();
      await stage.startWorker();
      const ids = await Promise.all([...answers.keys()].map((chatId) => stage.say(chatId)));
      const other = await stage.say(1381);
      for (const id of ids) equal((await stage.finished(id)).status, "completed");
      await stage.finished(other);
      await stage.telegram.call(({ parameters }) => parameters["chat_id"] === 1381 && isLink(parameters));
      await stage.settled();
      for (const chatId of answers.keys()) {
        const [chat] = await stage.sql`select unreachable_at from chats where id = ${chatId}`;
        ok(chat.unreachable_at instanceof Date);
        const [{ recorded }] =
          await stage.sql`select count(*)::int as recorded from notifications where chat_id = ${chatId}`;
        equal(messages(stage, chatId).length, recorded, "each message is tried once");
      }
      return {};
    },
  },
];

function messages(stage: Stage, chatId: number) {
  return stage.telegram.calls.filter(
    ({ method, parameters }) => method === "sendMessage" && parameters["chat_id"] === chatId,
  );
}

function isLink(parameters: Record<string, unknown>): boolean {
  return String(parameters["text"]).includes("/p/");
}
