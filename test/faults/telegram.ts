import { equal, ok } from "node:assert/strict";
import type { Scenario } from "./scenario.ts";
import type { Stage } from "./stage.ts";

export const telegram: Scenario[] = [
  {
    number: 37,
    fault: "Telegram answers 429 with retry_after: 4",
    async run(stage) {
      const error = {
        error_code: 429,
        description: "Too Many Requests: retry after 4",
        parameters: { retry_after: 4 },
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
      ok(refused && sent[0] && sent[0].at - refused.at >= 4_000, "it waited as long as it was told to");
      ok(!isLink(sent[0]?.parameters ?? {}) && isLink(sent.at(-1)?.parameters ?? {}), "the order is kept");
      equal((await stage.job(id)).attempt, 1);
      return { recoveredMs: (sent[0]?.at ?? 0) - (refused?.at ?? 0) };
    },
  },
  {
    number: 38,
    fault: "Telegram answers 403: the person blocked the bot",
    async run(stage) {
      const error = { error_code: 403, description: "Forbidden: bot was blocked by the user" };
      stage.telegram.fail({ chatId: 138, error, times: 1_000 });
      await stage.startApi();
      await stage.startWorker();
      const id = await stage.say(138);
      const other = await stage.say(1381);
      equal((await stage.finished(id)).status, "completed");
      await stage.finished(other);
      await stage.telegram.call(({ parameters }) => parameters["chat_id"] === 1381 && isLink(parameters));
      const [chat] = await stage.sql`select unreachable_at from chats where id = 138`;
      ok(chat.unreachable_at instanceof Date);
      return { note: `${messages(stage, 138).length} messages tried` };
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
