import { type Change, inOrder, splice } from "../../../page/splice.ts";

/** How much a search text grows at each side while it is not unique. */
const step = 24;

/** Changes as a model would write them: search/replace blocks, each with as much around it as makes it unique. */
export function writeBlocks(page: string, changes: readonly Change[]): string {
  return merged(page, changes)
    .map(({ start, end, inside }) => {
      const search = page.slice(start, end);
      const shifted = inside.map((change) => ({ ...change, start: change.start - start, end: change.end - start }));
      return `<<<<<<< SEARCH\n${search}\n=======\n${splice(search, shifted)}\n>>>>>>> REPLACE\n`;
    })
    .join("\n");
}

interface Range {
  start: number;
  end: number;
  inside: readonly Change[];
}

function merged(page: string, changes: readonly Change[]): Range[] {
  const ranges: Range[] = [];
  for (const change of inOrder(changes)) {
    let range = unique(page, { start: change.start, end: change.end, inside: [change] });
    for (let last = ranges.at(-1); last && range.start <= last.end; last = ranges.at(-1)) {
      range = {
        start: Math.min(last.start, range.start),
        end: Math.max(last.end, range.end),
        inside: [...last.inside, ...range.inside],
      };
      ranges.pop();
    }
    ranges.push(range);
  }
  return ranges;
}

function unique(page: string, range: Range): Range {
  let { start, end } = range;
  while (start > 0 || end < page.length) {
    const text = page.slice(start, end);
    if (text.trim() !== "" && page.indexOf(text) === page.lastIndexOf(text)) break;
    start = Math.max(0, start - step);
    end = Math.min(page.length, end + step);
  }
  return { ...range, start, end };
}
