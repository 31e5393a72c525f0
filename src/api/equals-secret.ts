import { createHash, timingSafeEqual } from "node:crypto";

/** Compares in a time that tells nothing about the secret, its length included. */
export function equalsSecret(given: string | null, secret: string): boolean {
  return given !== null && timingSafeEqual(digest(given), digest(secret));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
