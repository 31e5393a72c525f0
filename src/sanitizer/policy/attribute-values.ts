import { escapeAttribute } from "../escape.ts";

/** Checked attribute values of one tag, in the order they are written. */
export class AttributeValues {
  readonly #entries: { name: string; value: string }[] = [];

  get(name: string): string | undefined {
    return this.#entries.find((entry) => entry.name === name)?.value;
  }

  /** Replaces a value where it stands, or adds it at the end. */
  set(name: string, value: string): void {
    const entry = this.#entries.find((other) => other.name === name);
    if (entry) entry.value = value;
    else this.#entries.push({ name, value });
  }

  delete(name: string): void {
    const index = this.#entries.findIndex((entry) => entry.name === name);
    if (index >= 0) this.#entries.splice(index, 1);
  }

  /** In canonical form: `""` or ` name="value" …`. */
  write(): string {
    let written = "";
    for (const { name, value } of this.#entries) written += ` ${name}="${escapeAttribute(value)}"`;
    return written;
  }
}
