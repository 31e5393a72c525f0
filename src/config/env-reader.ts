import { ConfigError } from "../errors.ts";

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads settings one by one and remembers every problem, so that all of them are reported at once.
 *
 * An empty variable counts as not set: that is what `VAR=` in a compose file means. A value is never quoted in a
 * problem: it may be a secret in the wrong place.
 */
export class EnvReader {
  readonly #env: Env;
  readonly #problems: string[] = [];

  constructor(env: Env) {
    this.#env = env;
  }

  /** @returns `undefined` when not set. */
  text(name: string): string | undefined {
    return this.#env[name]?.trim() || undefined;
  }

  /** Set, and to nothing but white space: a slip, where being not set would silently turn something off. */
  isBlank(name: string): boolean {
    return Boolean(this.#env[name]) && this.text(name) === undefined;
  }

  /** Reports `name` as missing when it is not set. `why` completes "NAME is not set: …". */
  required(name: string, why: string): string {
    const value = this.text(name);
    if (value === undefined) this.problem(`${name} is not set: ${why}`);
    return value ?? "";
  }

  integer(name: string, fallback: number, { min, max }: { min: number; max: number }): number {
    const value = this.text(name);
    if (value === undefined) return fallback;
    if (!/^\d{1,15}$/.test(value) || Number(value) < min || Number(value) > max) {
      this.problem(`${name} must be a whole number from ${min} to ${max}`);
      return fallback;
    }
    return Number(value);
  }

  /** Seconds, fractions allowed, given as milliseconds. */
  seconds(name: string, fallback: number, { min, max }: { min: number; max: number }): number {
    const value = this.text(name);
    if (value === undefined) return fallback * 1000;
    if (!/^\d{1,9}(\.\d{1,3})?$/.test(value) || Number(value) < min || Number(value) > max) {
      this.problem(`${name} must be a number of seconds from ${min} to ${max}`);
      return fallback * 1000;
    }
    return Number(value) * 1000;
  }

  /** One of `choices`, in any case. */
  choice<const Choice extends string>(name: string, choices: readonly Choice[], fallback: Choice): Choice {
    const value = this.text(name)?.toLowerCase();
    if (value === undefined) return fallback;
    const found = choices.find((choice) => choice.toLowerCase() === value);
    if (found === undefined) this.problem(`${name} must be one of ${choices.join(", ")}`);
    return found ?? fallback;
  }

  /** A URL with one of `protocols`, without a trailing slash. */
  url(name: string, protocols: readonly string[]): string | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (url === undefined || !protocols.includes(url.protocol)) {
      this.problem(`${name} must be a URL that begins with ${protocols.map((one) => `${one}//`).join(" or ")}`);
      return undefined;
    }
    return value.replace(/\/+$/, "");
  }

  problem(text: string): void {
    this.#problems.push(text);
  }

  /** @throws {ConfigError} Naming every problem found so far. */
  finish(): void {
    if (this.#problems.length > 0) throw new ConfigError(this.#problems);
  }
}
