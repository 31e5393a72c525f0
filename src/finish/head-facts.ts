import { decodeReferences } from "./references.ts";
import type { Token } from "./token.ts";

/** What a head says already. */
export class HeadFacts {
  title = "";
  hasIcon = false;
  readonly #metas = new Map<string, string>();
  #inTitle = false;

  see(token: Token): void {
    if (token.kind === "text" && this.#inTitle) this.title += decodeReferences(token.html);
    if (token.kind === "end") this.#inTitle = false;
    if (token.kind !== "start") return;
    const { name, attributes } = token;
    if (name === "title") this.#inTitle = true;
    if (name === "link" && /\bicon\b/i.test(attributes.get("rel") ?? "")) this.hasIcon = true;
    if (name === "meta") {
      const about = attributes.get("name") ?? attributes.get("property");
      if (about !== undefined) this.#metas.set(about.toLowerCase(), attributes.get("content") ?? "");
    }
  }

  /** Content of a `meta`, by its name or property. */
  meta(name: string): string | undefined {
    return this.#metas.get(name);
  }
}
