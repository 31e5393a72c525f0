import type { Tally } from "../report.ts";
import type { Namespace } from "../tree/element.ts";
import type { StartTag } from "../tree/start-tag.ts";
import type { AttributeValues } from "./attribute-values.ts";
import { leadsOut } from "./urls.ts";

const harmlessRelations = new Set(
  "alternate author bookmark external help icon license me next prev privacy-policy search tag terms-of-service".split(
    " ",
  ),
);
const protections = ["noopener", "noreferrer", "nofollow"];
const sensitiveAutofill = /(?:^|\s)(?:cc-|(?:current|new)-password|one-time-code)/i;

type Finish = (values: AttributeValues, tag: StartTag, tally: Tally) => void;

/**
 * What depends on several attributes of a tag at once.
 *
 * @param values Checked values by name, in the order they are written; changed in place.
 */
export function finishTag(tag: StartTag, values: AttributeValues, tally: Tally): void {
  finishers.get(tag.name)?.(values, tag, tally);
}

/** Whether {@link finishTag} has anything to do for an element. */
export function needsFinishing(name: string, namespace: Namespace): boolean {
  return namespace !== "math" && finishers.has(name);
}

/** Links that lead out or open a window give nothing away and vouch for nothing. */
const finishLink: Finish = (values, tag) => {
  values.delete("rel");
  const href = values.get("href");
  if (href === undefined) {
    values.delete("target");
    return;
  }
  const given = tag.attributes.find(({ name }) => name === "rel")?.value ?? "";
  const relations = given
    .toLowerCase()
    .split(/\s+/)
    .filter((relation) => harmlessRelations.has(relation));
  if (leadsOut(href) || values.get("target") !== undefined) relations.push(...protections);
  if (relations.length > 0) values.set("rel", relations.join(" "));
};

/** A form with this method sends nothing anywhere: inside a dialog it closes it, elsewhere it only validates. */
const finishForm: Finish = (values) => {
  values.set("method", "dialog");
};

/** A secret typed into a page nobody vouches for is a phish; the field stays visible and takes no input. */
const finishInput: Finish = (values, _tag, tally) => {
  if (values.get("type")?.trim().toLowerCase() === "password") {
    tally.add("form:password");
    values.set("type", "text");
    values.set("readonly", "");
  }
  finishAutofill(values, _tag, tally);
};

const finishAutofill: Finish = (values, _tag, tally) => {
  if (!sensitiveAutofill.test(values.get("autocomplete") ?? "")) return;
  tally.add("form:autofill");
  values.delete("autocomplete");
};

const finishButton: Finish = (values, tag) => {
  if (tag.attributes.some(({ name, value }) => name === "formmethod" && value.toLowerCase() === "dialog"))
    values.set("formmethod", "dialog");
};

const finishers = new Map<string, Finish>([
  ["a", finishLink],
  ["area", finishLink],
  ["form", finishForm],
  ["input", finishInput],
  ["select", finishAutofill],
  ["textarea", finishAutofill],
  ["button", finishButton],
]);
