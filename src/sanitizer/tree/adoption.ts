import { flag } from "../vocabulary/flags.ts";
import type { Element } from "./element.ts";
import type { Tree } from "./tree.ts";

/**
 * The standard's adoption agency algorithm: ends a formatting element that is mis-nested with blocks, as in
 * `<b><p>bold</b> plain</p>`, by moving the blocks out and giving them a formatting element of their own.
 *
 * @returns Whether the end tag is dealt with; if not, it is like any other end tag.
 */
export function adopt(tree: Tree, name: string): boolean {
  const { open, formatting } = tree;
  const { current } = tree;
  if (current?.name === name && current.namespace === "html" && !formatting.has(current)) {
    tree.pop();
    return true;
  }
  for (let round = 0; round < 8; round++) {
    const target = formatting.find(name);
    if (!target) return round > 0;
    if (!target.open) {
      formatting.remove(target);
      return true;
    }
    if (!open.isInScope(target)) return true;
    const start = open.stack.lastIndexOf(target);
    const block = open.stack.find((element, index) => index > start && element.is(flag.special));
    if (!block) {
      tree.popThrough(target);
      formatting.remove(target);
      return true;
    }
    const ancestor = open.below(target);
    // Written already, so nothing can move: the formatting element lasts until its block ends.
    if (!ancestor || block.written || tree.isTooLateToFoster(ancestor)) {
      formatting.remove(target);
      return true;
    }
    moveOut(tree, { target, block, ancestor });
  }
  return true;
}

/** One round: `block` leaves `target` for `ancestor`, and takes copies of the formatting in between with it. */
function moveOut(
  tree: Tree,
  { target, block, ancestor }: { target: Element; block: Element; ancestor: Element },
): void {
  const { open, formatting } = tree;
  const between = open.stack.slice(open.stack.lastIndexOf(target) + 1, open.stack.lastIndexOf(block)).reverse();
  /** The copy of `target` takes its place in the list behind this element. */
  let bookmark = target;
  let last = block;
  for (const [index, element] of between.entries()) {
    if (index >= 3) formatting.remove(element);
    if (!formatting.has(element)) {
      open.remove(element);
      continue;
    }
    const copy = element.clone();
    formatting.replace(element, copy);
    open.replace(element, copy);
    if (last === block) bookmark = copy;
    tree.move(last, copy);
    last = copy;
  }
  tree.move(last, ancestor);

  const copy = target.clone();
  for (const child of block.children ?? []) copy.insert(child, undefined);
  block.children = undefined;
  block.insert(copy, undefined);
  formatting.insertAt(formatting.indexOf(bookmark) + 1, copy);
  formatting.remove(target);
  open.remove(target);
  open.insertAbove(block, copy);
  open.settle();
}
