import { OutputError } from "../../errors.ts";
import type { FinishReason } from "../provider.ts";

/** Why a reply that ended like this is no success, whatever is in it; `undefined` when it may be one. */
export function failedFinish(finish: FinishReason): OutputError | undefined {
  switch (finish) {
    case "stop":
      return undefined;
    case "length":
      return new OutputError("The reply was cut off at the model's output limit. Ask for a smaller page.", {
        reason: "truncated",
      });
    case "blocked":
      return new OutputError("The provider's content filter stopped the reply. Word the request differently.", {
        reason: "blocked",
      });
    case "refused":
      return new OutputError("The model refused to make this page. Word the request differently.", {
        reason: "refused",
      });
    case "unknown":
      return new OutputError("The reply ended without saying that it is finished. Try again.", {
        reason: "unfinished",
      });
  }
}
