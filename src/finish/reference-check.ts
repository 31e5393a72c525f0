import type { FinishTally } from "./report.ts";
import type { Attributes } from "./token.ts";

const references = ["for", "aria-labelledby", "aria-describedby", "aria-controls", "popovertarget", "commandfor"];
const mostNoted = 5000;

/** Whether what an element refers to is on the page; known only when the page is over. */
export class ReferenceCheck {
  readonly #ids = new Set<string>();
  readonly #labelled = new Set<string>();
  readonly #wanted: { id: string; rule: string }[] = [];

  see(attributes: Attributes): void {
    if (attributes.size === 0 || this.#ids.size > mostNoted) return;
    const id = attributes.get("id");
    if (id !== undefined) this.#ids.add(id);
    for (const name of references) this.#want(attributes.get(name), name);
    const href = attributes.get("href") ?? "";
    if (/^#./.test(href) && href !== "#top") this.#want(decode(href.slice(1)), "href");
  }

  /** Whether a label before this names the field. */
  isLabelled(id: string | undefined): boolean {
    return id !== undefined && this.#labelled.has(id);
  }

  report(tally: FinishTally): void {
    for (const { id, rule } of this.#wanted) if (!this.#ids.has(id)) tally.find(rule);
  }

  #want(value: string | undefined, attribute: string): void {
    if (value === undefined || this.#wanted.length > mostNoted) return;
    const rule = attribute === "for" ? "label:target" : attribute === "href" ? "link:target" : "reference:target";
    for (const id of attribute === "href" ? [value] : value.split(/\s+/)) {
      if (attribute === "for") this.#labelled.add(id);
      if (id !== "") this.#wanted.push({ id, rule });
    }
  }
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
