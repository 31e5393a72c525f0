import { flag } from "../vocabulary/flags.ts";
import { htmlFlags } from "../vocabulary/html-elements.ts";
import { adopt } from "./adoption.ts";
import type { Builder } from "./builder.ts";
import { bodyStart } from "./in-body.ts";
import { impliedTag } from "./start-tag.ts";

type EndHandler = (builder: Builder, name: string) => void;

/** An end tag "in body". */
export function bodyEnd(builder: Builder, name: string): void {
  const handler = endHandlers.get(name);
  const flags = htmlFlags(name);
  if (handler) handler(builder, name);
  else if ((flags & flag.formatting) !== 0) endFormatting(builder, name);
  else if ((flags & flag.blockEnd) !== 0) endBlock(builder, name);
  else if ((flags & flag.heading) !== 0) endHeading(builder);
  else endOther(builder, name);
}

function endFormatting(builder: Builder, name: string): void {
  if (!adopt(builder.tree, name)) endOther(builder, name);
}

function endBlock({ tree }: Builder, name: string): void {
  if (tree.current?.name === name && tree.current.namespace === "html") {
    tree.pop();
    return;
  }
  if (!tree.open.hasInScope(name)) return;
  tree.generateImpliedEnds();
  tree.popThroughNamed(name);
}

function endHeading({ tree }: Builder): void {
  if (!tree.open.hasHeadingInScope()) return;
  tree.generateImpliedEnds();
  const heading = tree.open.stack.findLast((element) => element.is(flag.heading));
  if (heading) tree.popThrough(heading);
}

function endOther({ tree }: Builder, name: string): void {
  const { stack } = tree.open;
  for (let index = stack.length - 1; index >= 0; index--) {
    const element = stack[index];
    if (element === undefined) return;
    if (element.namespace === "html" && element.name === name) {
      tree.generateImpliedEnds(name);
      tree.popThrough(element);
      return;
    }
    if (element.is(flag.special)) return;
  }
}

const endParagraph: EndHandler = (builder) => {
  if (!builder.tree.open.hasInButtonScope("p")) builder.push(impliedTag("p"));
  builder.tree.closeParagraph();
};

const endListItem: EndHandler = ({ tree }, name) => {
  const inScope = name === "li" ? tree.open.hasInListItemScope("li") : tree.open.hasInScope(name);
  if (!inScope) return;
  tree.generateImpliedEnds(name);
  tree.popThroughNamed(name);
};

const endForm: EndHandler = (builder) => {
  const { form, tree } = builder;
  builder.form = undefined;
  if (!form || !tree.open.isInScope(form)) return;
  tree.generateImpliedEnds();
  form.ending = true;
};

const endBr: EndHandler = (builder) => bodyStart(builder, impliedTag("br"));

const ignoreEnd: EndHandler = () => undefined;

const endHandlers = new Map<string, EndHandler>([
  ["p", endParagraph],
  ["li", endListItem],
  ["dd", endListItem],
  ["dt", endListItem],
  ["form", endForm],
  ["br", endBr],
]);

for (const name of "html head body caption col colgroup tbody td tfoot th thead tr".split(" "))
  endHandlers.set(name, ignoreEnd);
