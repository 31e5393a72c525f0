/**
 * Turns `400px < width <= 700px` into `700px >= width > 400px`, which means the same in every place CSS compares, and
 * contains no `<`.
 *
 * @param text The operands, without the operators.
 * @param start Position of the text in the output.
 * @param comparisons Where in the output the operators were, in order, and whether each was `<` rather than `<=`.
 * @returns `undefined` if this is no comparison.
 */
export function flipComparisons(
  text: string,
  start: number,
  comparisons: readonly { at: number; isStrict: boolean }[],
): string | undefined {
  const operands: string[] = [];
  let from = 0;
  for (const { at } of comparisons) {
    operands.push(text.slice(from, at - start).trim());
    from = at - start;
  }
  operands.push(text.slice(from).trim());
  // Nothing that is compared has an escape, and the white space that ends one must not be lost.
  if (operands.some((operand) => operand === "" || /[>\\]/.test(operand))) return undefined;
  let flipped = operands.at(-1) ?? "";
  for (let index = comparisons.length - 1; index >= 0; index--) {
    flipped += `${comparisons[index]?.isStrict ? " > " : " >= "}${operands[index]}`;
  }
  return flipped;
}
