import { DatabaseError } from "../errors.ts";
import type { Logger } from "../logger.ts";

/** An answer other than success. The message is for whoever called and says what to do. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly error: string;
  readonly headers: Record<string, string>;

  constructor(status: number, error: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.error = error;
    this.headers = headers;
  }
}

/** Seconds after which to come back when the database is away. Telegram obeys it. */
const retryAfter = { "retry-after": "5" };

/** What a caller is told of anything that was thrown: its own mistakes in words, of ours only that there was one. */
export function errorResponse(error: unknown, logger: Logger): Response {
  if (error instanceof ApiError) return answer(error);
  if (error instanceof DatabaseError) {
    logger.error({ err: error }, "a request failed on the database");
    return answer(new ApiError(503, "unavailable", "The database is not available. Please try again.", retryAfter));
  }
  logger.error({ err: error }, "a request failed");
  return answer(new ApiError(500, "internal", "Something went wrong on our side."));
}

function answer({ status, error, message, headers }: ApiError): Response {
  return Response.json({ error, message }, { status, headers });
}
