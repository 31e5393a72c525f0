import { contrastOf, moveUntilReadable, overlay, readColor } from "../css/color.ts";
import type { Scheme } from "../css/palette.ts";
import type { FinishTally } from "../report.ts";
import type { Attributes, Pass, StartToken } from "../token.ts";
import { type Look, type Looks, schemes } from "./looks.ts";
import { OwnRules } from "./own-rules.ts";
import { createColorReader, type UtilityColors } from "./utility-colors.ts";
import type { UtilityCompiler } from "./utility-compiler.ts";

interface Box {
  name: string;
  looks: Looks;
  /** What is positioned in it may lie behind its text. */
  isContaining: boolean;
}

/** What the classes of an element set in one scheme. */
interface Told {
  /** The class that sets the text's colour. */
  text: string | undefined;
  ground: boolean;
}

/** WCAG 2.2, success criterion 1.4.3. */
const ratios = { text: 4.5, large: 3 } as const;
/** Below it, text stands on something else than the ground that is known, such as a picture. */
const leastOnForeignGround = 1.25;
const large = /(?:^|\s)text-[2-9]xl(?:\s|\/|$)/;
const positioned = /(?:^|\s)(?:absolute|fixed|sticky|-?z-\S+|-m[trblxy]?-\S+)(?:\s|$)/;
const containing = /(?:^|\s)(?:relative|absolute|fixed|sticky|isolate)(?:\s|$)/;
const unclear = /(?:^|\s)(?:\S*:)?(?:text-opacity-\d+|bg-opacity-\d+|bg-clip-text|mix-blend-\S+|invert)(?:\s|$)/;
const voids = new Set("area br col embed hr img input link meta source track wbr".split(" "));
const mostOnOne = 300;
const mostDeep = 500;

/**
 * Moves text colours of utility classes that are too faint to read on the ground of their element, or of the nearest one
 * around it that has a ground, in each colour scheme: `text-gray-400` becomes `text-[#6b7280]`. A rule of the page's
 * own that could set either makes it unknown, and so does whatever is positioned: what that lies on nobody sees here.
 */
export function createContrastPass(tally: FinishTally): Pass & { use(compiler: UtilityCompiler): void } {
  let colorsOf: ((name: string) => UtilityColors) | undefined;
  const own = new OwnRules();
  const open: Box[] = [];

  /** The element with colours that can be read. Changes `looks` to what they then are. */
  const mend = (token: StartToken, looks: Looks, colors: (name: string) => UtilityColors): StartToken => {
    const classes = token.attributes.get("class") ?? "";
    const names = classes.split(/\s+/, mostOnOne).filter((name) => name !== "");
    const told = { light: tell(names, "light", looks, colors), dark: tell(names, "dark", looks, colors) };
    for (const scheme of schemes) doubt(classes, looks[scheme], told[scheme]);
    const ratio = large.test(classes) ? ratios.large : ratios.text;
    let isChanged = false;
    for (const scheme of schemes) {
      const moved = findReadable(looks, told[scheme], scheme, ratio);
      if (moved === undefined) continue;
      isChanged = true;
      replaceColor(names, scheme, told[scheme].text, moved);
      looks[scheme].text = readColor(moved);
      // Where the dark scheme has no class of its own it follows the light one.
      if (scheme === "light" && !told.dark.text?.startsWith("dark:")) looks.dark.text = readColor(moved);
    }
    if (!isChanged) return token;
    const attributes: Attributes = new Map(token.attributes);
    attributes.set("class", names.join(" "));
    return { ...token, attributes };
  };

  const findReadable = (looks: Looks, told: Told, scheme: Scheme, ratio: number): string | undefined => {
    const { text, ground } = looks[scheme];
    if ((told.text === undefined && !told.ground) || text === undefined || ground === undefined) return undefined;
    const contrast = contrastOf(text, ground);
    if (contrast >= ratio || (!told.ground && contrast < leastOnForeignGround)) return undefined;
    const moved = moveUntilReadable(text, [ground], ratio);
    if (moved === undefined) tally.find("contrast");
    else tally.fix("contrast");
    return moved;
  };

  /** Whatever comes after something positioned may lie on it. */
  const cover = (): void => {
    for (const { looks, isContaining } of open.toReversed()) {
      for (const scheme of schemes) looks[scheme].ground = undefined;
      if (isContaining) return;
    }
  };

  const start = (token: StartToken): StartToken => {
    const looks = own.inherit(token, open.at(-1)?.looks ?? own.rootLooks());
    const classes = token.attributes.get("class") ?? "";
    const mended = colorsOf && classes !== "" ? mend(token, looks, colorsOf) : token;
    if (positioned.test(classes)) cover();
    if (!voids.has(token.name) && open.length < mostDeep)
      open.push({ name: token.name, looks, isContaining: containing.test(classes) });
    return mended;
  };

  return {
    use(compiler) {
      colorsOf = createColorReader(compiler);
    },
    see(token, next) {
      if (token.kind === "style") own.add(token.css);
      if (token.kind === "end" && !token.foreign) {
        const at = open.findLastIndex(({ name }) => name === token.name);
        if (at >= 0) open.length = at;
      }
      next(token.kind === "start" && !token.foreign ? start(token) : token);
    },
  };
}

/** Changes the look in one scheme to what the classes make of it; those for dark mode come after the others. */
function tell(names: readonly string[], scheme: Scheme, looks: Looks, colorsOf: (name: string) => UtilityColors): Told {
  const told: Told = { text: undefined, ground: false };
  const plain = names.filter((name) => !/^[\w-]+:/.test(name));
  const dark = scheme === "dark" ? names.filter((name) => /^dark:[^:]+$/.test(name)) : [];
  const look = looks[scheme];
  for (const name of [...plain, ...dark]) {
    const { text, ground } = colorsOf(name.replace(/^dark:/, ""));
    if (text) {
      look.text = text.color;
      told.text = name;
    }
    if (ground) {
      look.ground = ground.color && overlay(ground.color, look.ground);
      told.ground = true;
    }
  }
  return told;
}

/** Forgets what these classes leave to things that are not seen here. */
function doubt(classes: string, look: Look, { ground }: Told): void {
  if (unclear.test(classes)) look.text = undefined;
  if (unclear.test(classes) || (positioned.test(classes) && !ground)) look.ground = undefined;
}

/** The class that is mended is replaced; where the colour comes from elsewhere, one is added. */
function replaceColor(names: string[], scheme: Scheme, name: string | undefined, hex: string): void {
  const mended = scheme === "dark" ? `dark:text-[${hex}]` : `text-[${hex}]`;
  const isOwn = name !== undefined && name.startsWith("dark:") === (scheme === "dark");
  if (isOwn) names[names.indexOf(name)] = mended;
  else names.push(mended);
}
