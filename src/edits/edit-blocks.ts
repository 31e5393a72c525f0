/** One change in a model's reply: what stands in the page now, and what is to stand there. */
export interface EditBlock {
  /** The page it is for, where the reply names one. */
  page: string | undefined;
  /**
   * Every way to divide the block in two. None when its dividing line is missing; several when a line of the page
   * itself looks like one.
   */
  readings: readonly EditReading[];
}

export interface EditReading {
  search: string;
  replace: string;
}

export interface EditReply {
  blocks: EditBlock[];
  /** What the model said around its blocks. */
  prose: string;
}

const opener =
  /^[ \t>]*<{5,9}[ \t]*(?:(?:search|original|old|find|before)\b)?[ \t]*:?[ \t]*([a-z0-9_/-]+\.html)?[ \t]*$/i;
const divider = /^[ \t]*={5,9}[ \t]*$/;
const closer = /^[ \t]*>{5,9}[ \t]*(?:(?:replace|replacement|updated|new|after)\b)?[ \t]*$/i;
const fence = /^[ \t]*`{3,}[\w-]*[ \t]*$/;
/** A line that only names a file: `index.html`, `### about.html`, `**Page: about.html**`. */
const fileName = /^[\s#*`]*(?:(?:page|file)\b[\s:]*)?([a-z0-9_/-]+\.html)[\s*`:]*$/i;
const lastReasoning = /<\/(?:think|thinking|thoughts?|reasoning|analysis|reflection)\s*>/gi;

/**
 * Reads search/replace blocks out of a reply. Models get the form nearly right: they fence blocks, name files above
 * them, use other words or fewer signs in the markers, leave out the last marker, escape everything, think aloud before.
 */
export function parseEditReply(reply: string): EditReply {
  const lines = answerOf(reply).replace(/\r\n?/g, "\n").split("\n");
  const blocks: EditBlock[] = [];
  const prose: string[] = [];
  let inside: string[] | undefined;
  let page: string | undefined;

  const close = () => {
    if (inside !== undefined) blocks.push({ page, readings: readingsOf(inside) });
    inside = undefined;
    page = undefined;
  };
  for (const line of lines) {
    const opened = opener.exec(line);
    if (opened) {
      close();
      page = opened[1]?.toLowerCase() ?? namedAbove(prose);
      inside = [];
    } else if (inside === undefined) prose.push(line);
    else if (closer.test(line)) close();
    else inside.push(line);
  }
  // The last marker is the one most often left out; whether the reply was cut off is told by its finish reason.
  close();
  return {
    blocks,
    prose: prose
      .filter((line) => !fence.test(line) && !fileName.test(line))
      .join("\n")
      .trim(),
  };
}

/** The reply without the thinking before it, and unescaped if it was escaped as a whole. */
function answerOf(reply: string): string {
  const end = [...reply.matchAll(lastReasoning)].at(-1);
  const rest = end && reply.slice(end.index + end[0].length);
  const answer = rest !== undefined && /<{5}|<!doctype|<html/i.test(rest) ? rest : reply;
  if (/^[ \t]*<{5}/m.test(answer) || !/^[ \t]*(?:&lt;){5}/m.test(answer)) return answer;
  return answer.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}

function namedAbove(prose: readonly string[]): string | undefined {
  const above = prose.findLast((line) => line.trim() !== "" && !fence.test(line));
  return above === undefined ? undefined : fileName.exec(above)?.[1]?.toLowerCase();
}

function readingsOf(lines: readonly string[]): EditReading[] {
  return [...lines.keys()]
    .filter((at) => divider.test(lines[at] ?? ""))
    .map((at) => ({ search: unfenced(lines.slice(0, at)), replace: unfenced(lines.slice(at + 1)) }));
}

function unfenced(lines: readonly string[]): string {
  const start = fence.test(lines[0] ?? "") ? 1 : 0;
  const end = lines.length > start && fence.test(lines.at(-1) ?? "") ? -1 : undefined;
  return lines.slice(start, end).join("\n");
}
