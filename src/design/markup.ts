/** HTML that is already safe. Everything else put into {@link html} is escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

type Value = string | number | Markup | undefined | false | readonly Value[];

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function render(value: Value): string {
  if (value === undefined || value === false) return "";
  if (value instanceof Markup) return value.text;
  if (typeof value === "object") return value.map(render).join("");
  return String(value).replace(/[&<>"']/g, (c) => entities[c] ?? c);
}

/** Template tag: text and attribute values are escaped, `Markup` passes, lists are joined, `undefined` and `false` vanish. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Markup {
  return new Markup(strings.reduce((out, part, i) => out + render(values[i - 1]) + part));
}

/** Markup of our own making, with nothing of the prompt in it. */
export function raw(text: string): Markup {
  return new Markup(text);
}
