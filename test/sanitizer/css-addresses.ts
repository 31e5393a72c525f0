import { ident, string, tokenize, tokenNames, url } from "css-tree";

const addressed = new Set(["url", "src", "image", "image-set", "-webkit-image-set"]);

/** What a style sheet could load or run, found by another tokenizer than ours. */
export function readCss(css: string): { addresses: string[]; atRules: string[]; functions: string[]; names: string[] } {
  const found = {
    addresses: [] as string[],
    atRules: [] as string[],
    functions: [] as string[],
    names: [] as string[],
  };
  const open: string[] = [];
  tokenize(css, (type, start, end) => {
    const token = css.slice(start, end);
    switch (tokenNames[type]) {
      case "url-token":
        found.addresses.push(url.decode(token));
        break;
      case "bad-url-token":
        found.addresses.push("bad:");
        break;
      case "function-token": {
        const name = ident.decode(token.slice(0, -1)).toLowerCase();
        found.functions.push(name);
        open.push(name);
        break;
      }
      case "(-token":
        open.push("(");
        break;
      case ")-token":
        open.pop();
        break;
      case "string-token":
        if (addressed.has(open.at(-1) ?? "")) found.addresses.push(string.decode(token));
        break;
      case "at-keyword-token":
        found.atRules.push(ident.decode(token.slice(1)).toLowerCase());
        break;
      case "ident-token":
        found.names.push(ident.decode(token).toLowerCase());
        break;
    }
  });
  return found;
}
