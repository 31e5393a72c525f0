const rem = (value: number): string => `${Math.round(value * 100) / 100}rem`;

/** A size that grows evenly from `min` rem at 320 px to `max` rem at 1200 px. */
function fluid(min: number, max: number): string {
  if (max <= min) return rem(max);
  const slope = (max - min) / 55;
  return `clamp(${rem(min)},${rem(min - slope * 20)} + ${Math.round(slope * 10000) / 100}vw,${rem(max)})`;
}

/** Size wanted for a heading of up to so many letters, rem. */
const steps = [
  [9, 8.6],
  [14, 7],
  [24, 5.6],
  [36, 4.5],
  [60, 3.7],
  [110, 2.8],
] as const;

/**
 * The size of a heading that fills its column and still fits its longest word on a 320 px screen.
 *
 * @param columnRem Width of the column on a wide screen.
 * @param emPerLetter Mean width of a letter in this face.
 * @param scale What the size is multiplied by afterwards.
 */
export function headingSize(
  text: string,
  { columnRem, emPerLetter, scale }: { columnRem: number; emPerLetter: number; scale: number },
): string {
  const longest = Math.max(4, ...text.split(/[\s-]+/u).map((word) => [...word].length));
  const length = [...text].length;
  const wanted = steps.find(([letters]) => length <= letters)?.[1] ?? 2;
  const fits = (room: number): number => room / (longest * emPerLetter * scale);
  const max = Math.min(wanted, fits(columnRem));
  const min = Math.min(wanted * 0.62, fits(17.3), 3.2);
  return fluid(Math.max(1.05, Math.min(min, max)), Math.max(1.4, max));
}
