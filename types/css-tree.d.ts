/** The part of css-tree that the tests use: its tokenizer. */
declare module "css-tree" {
  export const tokenNames: readonly string[];
  export function tokenize(css: string, onToken: (type: number, start: number, end: number) => void): void;
  export const ident: { decode(token: string): string };
  export const string: { decode(token: string): string };
  export const url: { decode(token: string): string };
}
