/** Longest prompt taken, in UTF-16 units: four full Telegram messages. */
export const maxPromptLength = 16_384;

/** Characters that by themselves say nothing: format characters, blank fillers, marks without a letter, white space, and what stands for the unreadable. */
const invisible = /[\p{Cf}\p{M}\p{Z}\s\ufffd\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/gu;
/** Controls but tab and line feed. Postgres cannot store NUL, and nobody types the others. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/**
 * A prompt as it can be stored: well-formed Unicode, one kind of line end, no control characters.
 *
 * @returns An empty string when nothing visible is left.
 */
export function cleanPrompt(text: string): string {
  const clean = text.toWellFormed().replace(/\r\n?/g, "\n").replace(controls, "").trim();
  return clean.replace(invisible, "") === "" ? "" : clean;
}
