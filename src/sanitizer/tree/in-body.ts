import { flag } from "../vocabulary/flags.ts";
import { adopt } from "./adoption.ts";
import type { Builder } from "./builder.ts";
import type { StartTag } from "./start-tag.ts";

type StartHandler = (builder: Builder, tag: StartTag) => void;

/** Text where flow content is expected. */
export function bodyText({ tree }: Builder, escaped: string): void {
  tree.reopenFormatting();
  tree.text(escaped);
}

/** A start tag "in body". */
export function bodyStart(builder: Builder, tag: StartTag): void {
  const handler = startHandlers.get(tag.name);
  if (handler) handler(builder, tag);
  else startByKind(builder, tag);
}

function startByKind(builder: Builder, tag: StartTag): void {
  const { tree } = builder;
  const { flags } = tag;
  if ((flags & flag.formatting) !== 0) {
    tree.reopenFormatting();
    const element = builder.push(tag);
    if (element) tree.formatting.push(element);
    return;
  }
  if ((flags & flag.closesParagraph) !== 0) {
    builder.tree.closeParagraph();
    if ((flags & flag.heading) !== 0 && tree.current?.is(flag.heading)) tree.pop();
    insert(builder, tag);
    return;
  }
  tree.reopenFormatting();
  insert(builder, tag);
}

function insert(builder: Builder, tag: StartTag): void {
  if ((tag.flags & flag.void) !== 0) builder.insertVoid(tag);
  else builder.push(tag);
}

const startListItem: StartHandler = (builder, tag) => {
  closeSibling(builder, tag.name === "li" ? ["li"] : ["dd", "dt"]);
  builder.tree.closeParagraph();
  builder.push(tag);
};

function closeSibling({ tree }: Builder, names: string[]): void {
  const { stack } = tree.open;
  for (let index = stack.length - 1; index >= 0; index--) {
    const element = stack[index];
    if (element === undefined) return;
    if (element.namespace === "html" && names.includes(element.name)) {
      tree.generateImpliedEnds(element.name);
      tree.popThrough(element);
      return;
    }
    if (element.is(flag.special) && !["address", "div", "p"].includes(element.name)) return;
  }
}

const startAnchor: StartHandler = (builder, tag) => {
  const { tree } = builder;
  const earlier = tree.formatting.find("a");
  if (earlier) {
    adopt(tree, "a");
    tree.formatting.remove(earlier);
  }
  tree.reopenFormatting();
  const element = builder.push(tag);
  if (element) tree.formatting.push(element);
};

const startNobr: StartHandler = (builder, tag) => {
  const { tree } = builder;
  tree.reopenFormatting();
  if (tree.open.hasInScope("nobr")) {
    adopt(tree, "nobr");
    tree.reopenFormatting();
  }
  const element = builder.push(tag);
  if (element) tree.formatting.push(element);
};

const startForm: StartHandler = (builder, tag) => {
  if (builder.form) return;
  builder.tree.closeParagraph();
  builder.form = builder.push(tag);
};

const startButton: StartHandler = (builder, tag) => {
  const { tree } = builder;
  if (tree.open.hasInScope("button")) {
    tree.generateImpliedEnds();
    tree.popThroughNamed("button");
  }
  tree.reopenFormatting();
  builder.push(tag);
};

const startPre: StartHandler = (builder, tag) => {
  builder.tree.closeParagraph();
  builder.push(tag);
  builder.skipLineFeed = true;
};

const startRawText: StartHandler = (builder, tag) => {
  builder.pushRawText(tag);
  builder.skipLineFeed = tag.name === "textarea";
};

const startSelect: StartHandler = (builder, tag) => {
  const { tree } = builder;
  if (tree.open.hasInScope("select")) {
    tree.popThroughNamed("select");
    return;
  }
  tree.reopenFormatting();
  builder.push(tag);
};

const startInput: StartHandler = (builder, tag) => {
  const { tree } = builder;
  if (tree.open.hasInScope("select")) tree.popThroughNamed("select");
  tree.reopenFormatting();
  builder.insertVoid(tag);
};

const startOption: StartHandler = (builder, tag) => {
  const { tree } = builder;
  if (tree.open.hasInScope("select")) tree.generateImpliedEnds(tag.name === "option" ? "optgroup" : undefined);
  else if (tree.current?.name === "option") tree.pop();
  tree.reopenFormatting();
  builder.push(tag);
};

const startHr: StartHandler = (builder, tag) => {
  const { tree } = builder;
  builder.tree.closeParagraph();
  if (tree.open.hasInScope("select")) tree.generateImpliedEnds();
  builder.insertVoid(tag);
};

const startRuby: StartHandler = (builder, tag) => {
  const { tree } = builder;
  if (tree.open.hasInScope("ruby")) {
    tree.generateImpliedEnds(tag.name === "rt" || tag.name === "rp" ? "rtc" : undefined);
  }
  builder.push(tag);
};

const startForeign: StartHandler = (builder, tag) => {
  builder.tree.reopenFormatting();
  builder.pushForeign(tag, tag.name === "svg" ? "svg" : "math");
};

/** `meta` and `link` need no open `p` closed and reopen no formatting. */
const startMetadata: StartHandler = (builder, tag) => builder.insertVoid(tag);

/** Tags that mean nothing here: the document's own parts, and table parts outside a table. */
const ignoreStart: StartHandler = (builder, tag) => builder.ignore(tag);

const startHandlers = new Map<string, StartHandler>();

function onStart(names: string, handler: StartHandler): void {
  for (const name of names.split(" ")) startHandlers.set(name, handler);
}

onStart("html head body caption col colgroup frame frameset tbody td tfoot th thead tr", ignoreStart);
onStart("li dd dt", startListItem);
onStart("a", startAnchor);
onStart("nobr", startNobr);
onStart("form", startForm);
onStart("button", startButton);
onStart("pre", startPre);
onStart("style title textarea", startRawText);
onStart("select", startSelect);
onStart("input", startInput);
onStart("option optgroup", startOption);
onStart("hr", startHr);
onStart("rb rp rt rtc", startRuby);
onStart("svg math", startForeign);
onStart("meta link base basefont bgsound", startMetadata);
onStart("param source track", startMetadata);
