/** The parts of the sanitizers in bench/ that are used there. */
declare module "jsdom" {
  export class JSDOM {
    constructor(html: string);
    readonly window: import("dompurify").WindowLike;
  }
}

declare module "sanitize-html" {
  export default function sanitizeHtml(
    html: string,
    options?: { allowedTags?: false; allowedAttributes?: false; allowVulnerableTags?: boolean },
  ): string;
}
