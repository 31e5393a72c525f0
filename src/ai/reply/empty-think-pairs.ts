const names = ["think", "thinking", "thought", "reasoning"];
const pair = new RegExp(`<(${names.join("|")})>\\s{0,40}</\\1>`, "gi");
const longestPair = 64;

export interface ThinkPairFilter {
  write(text: string): string;
  end(): string;
  readonly removed: boolean;
}

/**
 * Takes out `<think></think>` with nothing between: some proxies drop such pairs anywhere into a page, in the middle of
 * a tag or an attribute included. Holds back only a tail that may be the beginning of one.
 */
export function createThinkPairFilter(): ThinkPairFilter {
  let held = "";
  let removed = false;
  return {
    write(text) {
      const pending = held + text;
      let clean = "";
      let done = 0;
      for (const match of pending.matchAll(pair)) {
        clean += pending.slice(done, match.index);
        done = match.index + match[0].length;
        removed = true;
      }
      const tail = pending.slice(done);
      const from = beginningOfPair(tail);
      held = tail.slice(from);
      return clean + tail.slice(0, from);
    },
    end() {
      const rest = held;
      held = "";
      return rest;
    },
    get removed() {
      return removed;
    },
  };
}

/** Where a pair may begin that the text does not finish; its length when nowhere. */
function beginningOfPair(text: string): number {
  for (let at = text.indexOf("<", Math.max(text.length - longestPair, 0)); at >= 0; at = text.indexOf("<", at + 1)) {
    if (mayBecomePair(text.slice(at).toLowerCase())) return at;
  }
  return text.length;
}

function mayBecomePair(tail: string): boolean {
  return names.some((name) => {
    const open = `<${name}>`;
    if (tail.length <= open.length) return open.startsWith(tail);
    return tail.startsWith(open) && `</${name}>`.startsWith(tail.slice(open.length).replace(/^\s{0,40}/, ""));
  });
}
