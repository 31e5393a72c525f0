import type { Builder } from "./builder.ts";

export const sections: ReadonlySet<string> = new Set(["tbody", "tfoot", "thead"]);

/**
 * Content that does not belong in a table goes in front of it, or, when it is too late for that, in a cell.
 *
 * @returns Whether `insert` has put it in front; if not, a cell is open now and the content belongs in it.
 */
export function fostered(builder: Builder, insert: () => void): "done" | "body" {
  const { tree } = builder;
  const { current } = tree;
  if (current && tree.isTooLateToFoster(current)) {
    openCell(builder);
    return "body";
  }
  tree.fostering = true;
  insert();
  tree.fostering = false;
  return "done";
}

function openCell(builder: Builder): void {
  const { tree } = builder;
  if (tree.current?.name === "table") builder.pushImplied("tbody");
  if (sections.has(tree.current?.name ?? "")) builder.pushImplied("tr");
  builder.pushImplied("td");
  tree.formatting.pushMarker();
}
