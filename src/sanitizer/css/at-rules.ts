/** At-rules that style. What loads (`@import`), renames (`@namespace`) or is a tool's own goes. */
const allowed = new Set(
  "media supports container layer scope keyframes -webkit-keyframes -moz-keyframes -o-keyframes property starting-style view-transition font-face font-palette-values font-feature-values font-feature-settings counter-style page position-try function annotation character-variant historical-forms ornaments styleset stylistic swash top-left-corner top-left top-center top-right top-right-corner bottom-left-corner bottom-left bottom-center bottom-right bottom-right-corner left-top left-middle left-bottom right-top right-middle right-bottom nest custom-media custom-selector -ms-viewport viewport".split(
    " ",
  ),
);

/** @param name Lower case, without the `@`. */
export function isAllowedAtRule(name: string): boolean {
  return allowed.has(name);
}

const googleFonts = /\/\/fonts\.(?:googleapis|gstatic)\.com/i;
const maxImportChars = 200;

/**
 * The rule's name in the report.
 *
 * @param end Where the name ends in the style sheet.
 */
export function atRuleForReport(name: string, css: string, end: number): string {
  if (name !== "import") return ["charset", "namespace", "document"].includes(name) ? `css:@${name}` : "css:at-rule";
  const [address = ""] = css.slice(end, end + maxImportChars).split(";", 1);
  return googleFonts.test(address) ? "fonts:google" : "css:@import";
}
