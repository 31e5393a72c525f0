import { OutputError } from "../../errors.ts";
import type { FinishReason } from "../provider.ts";

/** What was done to the reply to find the page in it. */
export type ReplyRepair = "wrapping_removed";

export interface ReplyReader {
  /** Text of the reply, as it arrives; reasoning that the provider told apart is not passed in. */
  write(text: string): void;
  /** @throws {OutputError} When what was written is not one complete page. */
  end(finish: FinishReason): ReplyResult;
}

export interface ReplyResult {
  repairs: ReplyRepair[];
  title: string | undefined;
}

/** Finds the document in a reply and hands it on as it comes. */
export function createReplyReader(onDocument: (chunk: string) => void): ReplyReader {
  let held = "";
  let inside = false;
  let seen = "";
  return {
    write(text) {
      held += text;
      if (!inside) {
        const start = held.search(/<!doctype html|<html[\s>]/i);
        if (start < 0) return;
        inside = true;
        held = held.slice(start);
      }
      const close = held.search(/<\/(?:body|html)\s*>/i);
      const cut = close < 0 ? Math.max(held.lastIndexOf("<"), 0) : close;
      seen += held.slice(0, cut);
      if (cut > 0) onDocument(held.slice(0, cut));
      held = held.slice(cut);
    },
    end(finish) {
      if (finish !== "stop") throw new OutputError(`The reply ended with ${finish}.`, { reason: "unfinished" });
      if (!inside) throw new OutputError("The reply holds no page.", { reason: "no_document" });
      const close = held.toLowerCase().lastIndexOf("</html>");
      if (close < 0) throw new OutputError("The reply was cut off.", { reason: "truncated" });
      onDocument(held.slice(0, close + 7));
      return { repairs: [], title: /<title>([^<]*)<\/title>/i.exec(seen)?.[1]?.trim() };
    },
  };
}
