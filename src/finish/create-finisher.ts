import { readFileSync } from "node:fs";
import { drawIcon } from "../design/art/icon.ts";
import { drawPicture } from "../design/art/picture.ts";
import { type Brief, normalizePrompt, readBrief } from "../design/brief/brief.ts";
import { chooseDirection } from "../design/direction/direction.ts";
import { createRandom } from "../design/random.ts";
import { createStylePass } from "./css/style-pass.ts";
import { createFontPass } from "./fonts/font-pass.ts";
import { createHeadPass } from "./head-pass.ts";
import { createIconPass } from "./icons/icon-pass.ts";
import { languageOfScript } from "./page-language.ts";
import { createPageTokenizer } from "./page-tokenizer.ts";
import { PageColors } from "./pictures/page-colors.ts";
import { lastPictureNumber, type PagePicture } from "./pictures/page-picture.ts";
import { createPicturePass } from "./pictures/picture-pass.ts";
import { type FinishReport, FinishTally } from "./report.ts";
import { createStructurePass } from "./structure-pass.ts";
import { type Pass, type Token, writeToken } from "./token.ts";
import { createContrastPass } from "./utilities/contrast-pass.ts";
import type { UtilityCompiler } from "./utilities/utility-compiler.ts";
import { createUtilityPass } from "./utilities/utility-pass.ts";

export interface FinishOptions {
  /** What the person asked for: tells language and subject where the page does not. Never put into the page whole. */
  prompt: string;
  /** The person's own pictures, to be placed on the page. */
  pictures?: readonly PagePicture[] | undefined;
  /** Absolute address of the picture that link previews show, when there will be one. */
  pictureUrl?: string | undefined;
  /** Assets of the revision that is changed: what still refers to one keeps it, and it becomes one of the files. */
  assets?: ReadonlyMap<string, Uint8Array> | undefined;
}

export interface FinishEvents {
  /** The finished page, in pieces. */
  onHtml: (html: string) => void;
  /** A file that the page refers to, as soon as it does; each path once. */
  onFile?: ((path: string, bytes: Uint8Array) => void) | undefined;
}

export interface Finisher {
  /** The next piece of the sanitizer's output, cut anywhere. */
  write(html: string): void;
  /** From here on utility classes are compiled. */
  compileUtilities(compiler: UtilityCompiler): void;
  end(): FinishReport;
}

/**
 * Makes a sanitized page ready to be seen: adds what is missing, mends what can be mended. It streams, so a page that
 * is watched while it is written shows what will be published; any chunking of the same input gives the same page, and
 * a page that is finished already comes through as it is.
 *
 * Its output goes through the sanitizer once more: nothing here is trusted with the page's safety.
 */
export function createFinisher(options: FinishOptions, { onHtml, onFile }: FinishEvents): Finisher {
  const tally = new FinishTally();
  const brief = readBrief(normalizePrompt(options.prompt));
  const { sentence } = brief;
  const language = languageOfScript(sentence) ?? brief.language;
  const assets = options.assets ?? new Map<string, Uint8Array>();
  const files = new Set<string>();
  const addFile = (path: string, bytes: Uint8Array): void => {
    if (files.has(path)) return;
    files.add(path);
    onFile?.(path, bytes);
  };
  const present = (path: string): boolean => {
    const kept = assets.get(path);
    if (kept && !files.has(path)) addFile(path, kept);
    return files.has(path);
  };
  const colors = new PageColors();
  const fonts = createFontPass({ language, onFile: (path, embedded) => addFile(path, readFileSync(embedded)) });
  const utilities = createUtilityPass((css) => fonts.rulesFor(css));
  const contrast = createContrastPass(tally);
  const passes: Pass[] = [
    createHeadPass({
      language,
      title: brief.name ?? "Untitled page",
      pictureUrl: options.pictureUrl,
      keepFile: present,
      drawIcon: () => drawIcon(sentence),
      tally,
    }),
    fonts,
    createStylePass({ present, onSheet: (css) => colors.add(css), tally }),
    contrast,
    utilities,
    createIconPass(tally),
    createPicturePass({
      pictures: options.pictures ?? [],
      lastNumber: lastPictureNumber(assets.keys()),
      present,
      draw: createDrawing(sentence, brief, colors),
      onFile: addFile,
      tally,
    }),
    createStructurePass(tally),
  ];

  let out = "";
  const chain = connect(passes, (token) => {
    out += writeToken(token);
  });
  const tokenizer = createPageTokenizer(chain.write);
  const handOver = (): void => {
    if (out !== "") onHtml(out);
    out = "";
  };

  return {
    write(html) {
      tokenizer.write(html);
      handOver();
    },
    compileUtilities(compiler) {
      contrast.use(compiler);
      utilities.use(compiler);
    },
    end() {
      tokenizer.end();
      chain.end();
      handOver();
      return tally.report();
    },
  };
}

/** Each pass hands on to the next, the last one to `sink`. */
function connect(passes: readonly Pass[], sink: (token: Token) => void) {
  const [first, ...rest] = passes;
  if (first === undefined) return { write: sink, end: () => {} };
  const next: { write: (token: Token) => void; end: () => void } = connect(rest, sink);
  return {
    write: (token: Token) => first.see(token, next.write),
    end() {
      first.end?.(next.write);
      next.end();
    },
  };
}

/** Draws what no picture was sent for: of the page's subject, in its colours, each slot in its own way. */
function createDrawing(sentence: string, brief: Brief, colors: PageColors) {
  const random = createRandom(sentence.toLowerCase());
  let count = 0;
  return (slot: { name: string; alt: string; width: number; height: number }) => {
    const art = colors.art ?? chooseDirection(brief.kind, brief.wish, random).palette.art;
    const index = count++;
    const svg = drawPicture(random.fork(`slot ${index}`), {
      kind: brief.kind,
      subject: `${slot.alt} ${slot.name}`,
      index,
      width: slot.width,
      height: slot.height,
      colors: art,
    });
    const bytes = new TextEncoder().encode(svg);
    // Named after its content, so that a drawing kept from an earlier revision is not taken for another one.
    const hash = Bun.hash(svg).toString(36);
    return { path: `assets/drawn-${hash}.svg`, bytes };
  };
}
