import type { Kind } from "../../../../design/brief/kind.ts";
import type { PageContext, Section } from "../page-context.ts";
import { gallerySection } from "./gallery.ts";
import { listSection } from "./list.ts";
import { pointsSection } from "./points.ts";
import { questionsSection } from "./questions.ts";
import { quotesSection } from "./quotes.ts";
import { storySection } from "./story.ts";
import { visitSection } from "./visit.ts";
import { wordsSection } from "./words.ts";

const pictured: readonly Kind[] = ["coffee", "bakery", "restaurant", "wedding", "event"];

/** Which sections the page has, in which order: the list early, the ways to get in touch last, the rest as the seed falls. */
export function planSections(context: PageContext): Section[] {
  const { brief, random } = context;
  const gallery =
    pictured.includes(brief.kind) && random.fork("hasGallery").chance(0.6) ? [gallerySection(context)] : [];
  const [list, points, story] = [listSection(context), pointsSection(context), storySection(context)];
  const opening = random.fork("opening").pick([
    [list, story, points],
    [points, list, story],
    [story, list, points],
    [list, points, story],
  ]);
  const rest = random.fork("rest").shuffle([...gallery, quotesSection(context)]);
  const words = random.fork("hasWords").chance(0.45) ? [wordsSection(context)] : [];
  const [first, ...others] = opening;
  return [
    ...words,
    ...(first ? [first] : []),
    ...rest.slice(0, 1),
    ...others,
    ...rest.slice(1),
    questionsSection(context),
    visitSection(context),
  ];
}
