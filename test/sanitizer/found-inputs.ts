import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where the fuzzer leaves what it finds. */
export const foundDirectory = join(import.meta.dir, "../fixtures/sanitizer/found");

/** An input that once broke a promise, and the places where it was cut. */
export interface FoundInput {
  broke: string;
  input: string;
  cuts: number[];
}

export function foundInputs(): [string, FoundInput][] {
  return readdirSync(foundDirectory)
    .sort()
    .map((file) => [file, JSON.parse(readFileSync(join(foundDirectory, file), "utf8")) as FoundInput]);
}
