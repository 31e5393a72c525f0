import { normalizePrompt, readBrief } from "../design/brief/brief.ts";
import type { Kind } from "../design/brief/kind.ts";
import { describeDirection } from "../design/direction/describe-direction.ts";
import { chooseDirection } from "../design/direction/direction.ts";
import { createRandom } from "../design/random.ts";
import { pageInstructions } from "./prompt.ts";
import type { GenerationRequest, PictureSize, ProviderName } from "./provider.ts";
import { mostPages } from "./reply/pages-reader.ts";

/** Who reads such a page, and what it has to answer. */
const purposes: Record<Kind, string> = {
  coffee: "a place to go: neighbours on their phones want to know what there is, where and when",
  bakery: "a place to go: neighbours on their phones want to know what there is, where and when",
  restaurant: "a place to go: guests want the menu, the mood, the hours and a table",
  wedding: "an invitation: guests want the day, the place, the programme and how to answer",
  saas: "a product: a busy person decides in ten seconds whether it is for them, then looks for the price",
  portfolio: "somebody's work: a client judges by what is shown, then wants to write",
  event: "a date: people want what, when, where, who, and how to get in",
  shop: "goods: people want to see them, what they cost and how to get them",
  blog: "reading: the newest pieces, who writes, and how to follow",
  clinic: "care: worried people want trust, services, hours and an appointment",
  business: "a service: people want to know what is done, for whom, at what price, and whom to call",
  plain: "decided by the request alone",
};

/**
 * What differs between the families of models. Gemini fences and comments its code and decorates with emoji. What
 * speaks the OpenAI protocol may be any model, also a small one: it is told to stay within what it can finish.
 */
const habits: Record<ProviderName, string> = {
  gemini:
    "- The first characters of your reply are <!DOCTYPE html>; no ```html before it.\n- No comments in HTML or CSS, no emoji.\n- Write the CSS compactly, several declarations a line, and keep the whole reply below 7,500 tokens.",
  openai:
    "- Keep the whole reply below 12,000 tokens and end it with </html>; five finished sections are better than eight that are cut off.\n- Write each section out in full; never refer to one above.\n- No comments in HTML or CSS.",
  mock: "",
};

/**
 * The system message for one request: what holds for every page, what kind of page this is, and the art direction that
 * was drawn for it. Left to themselves, models give a thousand coffee shops one look; the direction is drawn by the
 * prompt, so the same prompt keeps its look, and colours asked for in it are already part of the draw.
 *
 * Nothing of the person's text is in it.
 */
export function instructionsFor(
  { prompt, pictures = [], several = false }: Pick<GenerationRequest, "prompt" | "pictures" | "several">,
  provider: ProviderName,
): string {
  const { kind, language, wish, sentence } = readBrief(normalizePrompt(prompt));
  const direction = chooseDirection(kind, wish, createRandom(sentence.toLowerCase()), language);
  const parts = [
    pageInstructions,
    `# This page\n- Most likely ${purposes[kind]}.`,
    `# Art direction\nFollow it unless the request asks for another look; then the request wins, and the rest still holds.\n${describeDirection(direction)}`,
    `# Before you reply\n${habits[provider]}`,
  ];
  if (several) parts.push(severalPages);
  if (pictures.length > 0) parts.splice(2, 0, aboutPictures(pictures));
  return parts.join("\n\n");
}

/**
 * Added when the request is for several pages. The style sheet is written once: pages that share it look alike, and the
 * reply is a third shorter.
 */
export const severalPages = `# Several pages
The request is for a site of several pages; this goes before what is said of one document.
- Write 2 to ${mostPages} complete documents one after the other, index.html first. Before each of the others stands a line of its own that names its file, in exactly this form:

=== page: about.html ===

- File names are short, lower-case English words. Pages link to each other by file name, and every page that is linked to is there. Header, navigation and footer are the same on all; aria-current="page" marks where one is.
- Only index.html has the <style>, with the rules for all pages. Leave it out of the others: they get the same one.
- Each page has its own title, description and h1. Keep each to 2 to 4 sections, so that all can be finished.`;

/** What a model is told of pictures that it has not seen. */
export function aboutPictures(pictures: readonly PictureSize[]): string {
  const slots = pictures.map(
    ({ width, height }, index) =>
      `- <img data-slot="photo-${index + 1}" alt="…">: ${width} × ${height} pixels, ${shapeOf(width / height)}`,
  );
  const [what, each] = pictures.length === 1 ? ["one picture", "it"] : [`${pictures.length} pictures`, "each of them"];
  return `# Pictures
The person sent ${what} for this page. Place ${each} exactly once, large and early, before any other slot:
${slots.join("\n")}
- The alt text says what the request tells of the picture. Crop photographs with object-fit: cover; a small or square one may be a logo, which is shown whole, in the header.`;
}

function shapeOf(ratio: number): string {
  if (ratio > 1.15) return "landscape";
  return ratio < 0.87 ? "portrait" : "square";
}
