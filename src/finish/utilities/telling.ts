/** Names that only utility classes have; `flex`, `container` or `sr-only` may be anybody's. */
const telling =
  /^-?(?:[a-z][a-z0-9-]*:|(?:bg|text|font|border|rounded|shadow|ring|flex|grid|items|justify|gap|space-[xy]|divide-[xy]|p[xytrbl]?|m[xytrbl]?|w|h|min-[wh]|max-[wh]|size|inset|top|left|z|col|row|order|leading|tracking|opacity|from|via|to|aspect|overflow|object|transition|duration|animate|line-clamp)-[[\w])/;

/** Whether a class name alone tells that the page is written with utility classes. */
export function isTelling(name: string): boolean {
  return telling.test(name);
}

/** Whether an element of this canonical markup has such a class. */
export function hasTellingClass(html: string): boolean {
  for (const [, classes = ""] of html.matchAll(/ class="([^"]*)"/g)) {
    if (classes.split(/\s+/).some(isTelling)) return true;
  }
  return false;
}
