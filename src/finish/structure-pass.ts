import { ReferenceCheck } from "./reference-check.ts";
import type { FinishTally } from "./report.ts";
import type { Pass, StartToken } from "./token.ts";

const voids = new Set("area br col hr img input link meta source track wbr".split(" "));
const blocks = new Set(["section", "article", "div"]);
const unlabelled = new Set(["hidden", "submit", "button", "reset", "image", "checkbox", "radio"]);
/**
 * The page as those read it who do not see it: one first heading, levels without gaps, a main part, fields with names.
 * Mends what the beginning of an element gives away; references to what the page does not have are counted at its end.
 */
export function createStructurePass(tally: FinishTally): Pass {
  const open: { name: string; renamed?: string }[] = [];
  const references = new ReferenceCheck();
  let headings = 0;
  let level = 0;
  let main: "none" | "given" | "added" = "none";
  let labels = 0;

  const heading = (token: StartToken): StartToken => {
    const given = Number(token.name[1]);
    if (given === 1) {
      headings += 1;
      if (headings > 1) {
        tally.fix("heading:second-h1");
        level = 2;
        return { ...token, name: "h2" };
      }
    }
    const stated = Number(token.attributes.get("aria-level")) || given;
    if (level === 0 || stated <= level + 1) {
      level = stated;
      return token;
    }
    // The look belongs to the tag; only what it says of its rank is mended.
    level += 1;
    tally.fix("heading:order");
    return { ...token, attributes: new Map(token.attributes).set("aria-level", String(level)) };
  };

  const field = (token: StartToken): StartToken => {
    const { attributes } = token;
    const isNamed =
      labels > 0 || attributes.has("aria-label") || attributes.has("aria-labelledby") || attributes.has("title");
    if (isNamed || references.isLabelled(attributes.get("id")) || unlabelled.has(attributes.get("type") ?? ""))
      return token;
    const name = attributes.get("placeholder")?.trim();
    if (!name) {
      if (!attributes.has("id")) tally.find("label:missing");
      return token;
    }
    tally.fix("label:added");
    return { ...token, attributes: new Map(attributes).set("aria-label", name) };
  };

  /** The first block of the body is its main part where none is marked. */
  const landmark = (token: StartToken): StartToken => {
    if (token.name === "main" || token.attributes.get("role") === "main") {
      if (main === "added") tally.find("landmark:two-mains");
      main = "given";
      return token;
    }
    const inBody = open.length === 2 && open[1]?.name === "body";
    if (main !== "none" || !inBody || !blocks.has(token.name) || token.attributes.has("role")) return token;
    if (token.attributes.has("popover") || token.attributes.has("hidden")) return token;
    main = "added";
    tally.fix("landmark:main");
    return { ...token, attributes: new Map(token.attributes).set("role", "main") };
  };

  const start = (token: StartToken): StartToken => {
    references.see(token.attributes);
    let mended = token;
    if (/^h[1-6]$/.test(token.name)) mended = heading(token);
    else if (/^(?:input|select|textarea)$/.test(token.name)) mended = field(token);
    else if (main === "none" || token.name === "main") mended = landmark(token);
    if (token.name === "label") labels += 1;
    if (!voids.has(token.name)) {
      open.push(mended.name === token.name ? { name: token.name } : { name: token.name, renamed: mended.name });
    }
    return mended;
  };

  return {
    see(token, next) {
      if (token.kind === "start" && !token.foreign) next(start(token));
      else if (token.kind === "end" && !token.foreign) {
        if (token.name === "label") labels -= 1;
        const element = open.pop();
        next(element?.renamed === undefined ? token : { ...token, name: element.renamed });
      } else {
        if (token.kind === "start") references.see(token.attributes);
        next(token);
      }
    },
    end() {
      if (headings === 0) tally.find("heading:no-h1");
      if (main === "none") tally.find("landmark:main");
      references.report(tally);
    },
  };
}
