/** The beginning of a text, up to so many letters, at the end of a word if there is one. */
export function shortened(text: string, longest: number): string {
  const letters = [...text];
  if (letters.length <= longest) return text;
  const cut = letters.slice(0, longest - 1).join("");
  return `${cut.replace(/(?<=\S)\s\S*$/u, "").replace(/[\s,;:–-]+$/u, "")}…`;
}
