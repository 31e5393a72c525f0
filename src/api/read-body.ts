import { ApiError } from "./api-error.ts";

/** Largest request body taken. Telegram's largest update is some tens of kilobytes. */
const maxBodyBytes = 1_048_576;

/**
 * Parses a request body as JSON, whatever its content type says.
 *
 * @throws {ApiError} 413 beyond `maxBodyBytes`, declared or sent; 400 when it is not JSON, or ended early.
 */
export async function readJson(request: Request): Promise<unknown> {
  const text = await readText(request).catch((error: unknown) => {
    // Whoever hung up is no fault of ours, and nobody hears the answer.
    throw request.signal.aborted ? new ApiError(400, "incomplete", "The request body ended early.") : error;
  });
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, "invalid_json", "The request body is not JSON.");
  }
}

async function readText(request: Request): Promise<string> {
  const length = request.headers.get("content-length");
  if (length !== null) {
    if (Number(length) > maxBodyBytes) throw tooLarge();
    // The server reads no more than what was declared.
    return request.text();
  }
  let size = 0;
  const chunks: Uint8Array[] = [];
  const reader = request.body?.getReader();
  for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read()) {
    size += next.value.byteLength;
    if (size > maxBodyBytes) {
      // Not waited for: of a copied request (`withSafeUrl`) that would last until all is sent.
      reader?.cancel().catch(() => undefined);
      throw tooLarge();
    }
    chunks.push(next.value);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function tooLarge(): ApiError {
  return new ApiError(413, "too_large", `The request body is larger than ${maxBodyBytes} bytes.`);
}
