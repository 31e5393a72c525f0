import type { Builder } from "./builder.ts";
import type { TableContext } from "./element.ts";
import { fostered, sections } from "./fostering.ts";
import { bodyStart } from "./in-body.ts";
import { bodyEnd } from "./in-body-end.ts";
import type { StartTag } from "./start-tag.ts";

/** Result of a rule: the tag is dealt with, has to be looked at again, or is none of the table's business. */
type Outcome = "done" | "again" | "body";
type StartRule = (builder: Builder, tag: StartTag) => Outcome;
type EndRule = (builder: Builder, name: string) => Outcome;

/** Tags that have a meaning only in a table. */
export const tableParts: ReadonlySet<string> = new Set([
  "caption",
  "col",
  "colgroup",
  "tbody",
  "td",
  "tfoot",
  "th",
  "thead",
  "tr",
]);

/** A start tag. @returns Whether the table's rules have dealt with it. */
export function tableStart(builder: Builder, tag: StartTag): boolean {
  return run(builder, (context) => startRules[context](builder, tag));
}

/** An end tag. @returns Whether the table's rules have dealt with it. */
export function tableEnd(builder: Builder, name: string): boolean {
  return run(builder, (context) => endRules[context](builder, name));
}

function run({ tree }: Builder, rule: (context: TableContext) => Outcome): boolean {
  let outcome: Outcome;
  do outcome = rule(tree.current?.context ?? "none");
  while (outcome === "again");
  return outcome === "done";
}

function clearTo({ tree }: Builder, names: readonly string[]): void {
  tree.popWhile(({ name, namespace }) => namespace !== "html" || !(names.includes(name) || name === "html"));
}

const startInTable: StartRule = (builder, tag) => {
  const { tree } = builder;
  switch (tag.name) {
    case "caption":
      clearTo(builder, ["table"]);
      tree.formatting.pushMarker();
      builder.push(tag);
      return "done";
    case "colgroup":
    case "tbody":
    case "tfoot":
    case "thead":
      clearTo(builder, ["table"]);
      builder.push(tag);
      return "done";
    case "col":
      clearTo(builder, ["table"]);
      builder.pushImplied("colgroup");
      return "again";
    case "td":
    case "th":
    case "tr":
      clearTo(builder, ["table"]);
      builder.pushImplied("tbody");
      return "again";
    case "table":
      if (!tree.open.hasInTableScope("table")) return "done";
      tree.popThroughNamed("table");
      return "again";
    case "style":
      builder.pushRawText(tag);
      return "done";
    case "form":
      builder.ignore(tag);
      return "done";
    default:
      return fostered(builder, () => bodyStart(builder, tag));
  }
};

const startInSection: StartRule = (builder, tag) => {
  const { tree } = builder;
  if (tag.name === "tr") {
    clearTo(builder, ["tbody", "tfoot", "thead"]);
    builder.push(tag);
    return "done";
  }
  if (tag.name === "td" || tag.name === "th") {
    clearTo(builder, ["tbody", "tfoot", "thead"]);
    builder.pushImplied("tr");
    return "again";
  }
  if (!tableParts.has(tag.name)) return startInTable(builder, tag);
  clearTo(builder, ["tbody", "tfoot", "thead"]);
  tree.pop();
  return "again";
};

const startInRow: StartRule = (builder, tag) => {
  const { tree } = builder;
  if (tag.name === "td" || tag.name === "th") {
    clearTo(builder, ["tr"]);
    builder.push(tag);
    tree.formatting.pushMarker();
    return "done";
  }
  if (!tableParts.has(tag.name)) return startInTable(builder, tag);
  clearTo(builder, ["tr"]);
  tree.pop();
  return "again";
};

const startInCell: StartRule = (builder, tag) => {
  if (!tableParts.has(tag.name)) return "body";
  closeCell(builder);
  return "again";
};

const startInCaption: StartRule = (builder, tag) => {
  if (!tableParts.has(tag.name)) return "body";
  closeCaption(builder);
  return "again";
};

const startInColumns: StartRule = (builder, tag) => {
  const { tree } = builder;
  if (tag.name === "col") {
    builder.insertVoid(tag);
    return "done";
  }
  if (tree.current?.name !== "colgroup") return startInTable(builder, tag);
  tree.pop();
  return "again";
};

function closeCell(builder: Builder): void {
  const { tree } = builder;
  tree.generateImpliedEnds();
  tree.popWhile(({ name, namespace }) => namespace !== "html" || (name !== "td" && name !== "th"));
  tree.pop();
  tree.formatting.clearToMarker();
}

function closeCaption(builder: Builder): void {
  const { tree } = builder;
  tree.generateImpliedEnds();
  tree.popThroughNamed("caption");
  tree.formatting.clearToMarker();
}

const endInTable: EndRule = (builder, name) => {
  const { tree } = builder;
  if (name === "table") {
    if (tree.open.hasInTableScope("table")) tree.popThroughNamed("table");
    return "done";
  }
  if (tableParts.has(name) || name === "body" || name === "html") return "done";
  const { current } = tree;
  if (!current || !tree.isTooLateToFoster(current)) fostered(builder, () => bodyEnd(builder, name));
  return "done";
};

const endInSection: EndRule = (builder, name) => {
  const { tree } = builder;
  if (sections.has(name) || name === "table") {
    if (!tree.open.hasInTableScope(name)) return "done";
    clearTo(builder, ["tbody", "tfoot", "thead"]);
    tree.pop();
    return name === "table" ? "again" : "done";
  }
  return endInTable(builder, name);
};

const endInRow: EndRule = (builder, name) => {
  const { tree } = builder;
  if (name === "tr" || name === "table" || sections.has(name)) {
    if (!tree.open.hasInTableScope(name)) return "done";
    clearTo(builder, ["tr"]);
    tree.pop();
    return name === "tr" ? "done" : "again";
  }
  return endInTable(builder, name);
};

const endInCell: EndRule = (builder, name) => {
  const { tree } = builder;
  if (name === "td" || name === "th") {
    if (!tree.open.hasInTableScope(name)) return "done";
    tree.generateImpliedEnds();
    tree.popThroughNamed(name);
    tree.formatting.clearToMarker();
    return "done";
  }
  if (name === "table" || name === "tr" || sections.has(name)) {
    if (!tree.open.hasInTableScope(name)) return "done";
    closeCell(builder);
    return "again";
  }
  return tableParts.has(name) ? "done" : "body";
};

const endInCaption: EndRule = (builder, name) => {
  if (name === "caption" || name === "table") {
    closeCaption(builder);
    return name === "table" ? "again" : "done";
  }
  return tableParts.has(name) ? "done" : "body";
};

const endInColumns: EndRule = (builder, name) => {
  const { tree } = builder;
  if (name === "col") return "done";
  if (tree.current?.name !== "colgroup") return endInTable(builder, name);
  tree.pop();
  return name === "colgroup" ? "done" : "again";
};

const startRules: Record<TableContext, StartRule> = {
  none: () => "body",
  table: startInTable,
  caption: startInCaption,
  columns: startInColumns,
  body: startInSection,
  row: startInRow,
  cell: startInCell,
};

const endRules: Record<TableContext, EndRule> = {
  none: () => "body",
  table: endInTable,
  caption: endInCaption,
  columns: endInColumns,
  body: endInSection,
  row: endInRow,
  cell: endInCell,
};
