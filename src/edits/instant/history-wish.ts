const undo =
  /^(?:undo|undo (?:that|this|it|the last change)|revert|revert (?:that|this|it|the last change)|(?:go )?back|rückgängig(?: machen)?|mach(?:e)? (?:das|es) rückgängig|zurück|deshacer|deshaz(?:lo)?|deshacer eso|desfazer|desfaça(?: isso)?|annule[rz]?(?: ça| cela)?|отмени(?:ть)?|отмена|верни как было|скасуй|скасувати|поверни як було|geri al|batalkan|urungkan|撤销|撤回|تراجع|पूर्ववत करें)$/iu;
const numbered =
  /^(?:(?:please )?(?:go |switch |get |bring )?(?:me )?(?:back )?(?:to|restore|revert to|use)|zurück (?:zu|auf)|stelle?|vuelve a|volver a|restaura|voltar? (?:para|à|a)|volte (?:para|à|a)|restaure|reviens? à|revenir à|retour à|вернись к|вернуть|верни|повернись до|поверни|kembali ke|回到|恢复(?:到)?|العودة إلى|ارجع إلى)?\s*(?:the )?(?:die |la |el |a )?(?:revision|version|rev|r|v|versión|revisión|versão|revisão|révision|ревизи\p{L}*|верси\p{L}*|версі\p{L}*|ревізі\p{L}*|sürüm|versi|版本|第|الإصدار|संस्करण)\s*#?\s*(\d{1,6})\s*(?:wieder her|version|版|'?[ey]e? (?:geri )?dön)?$/iu;

/** A wish for an earlier revision: the one before, or one by its number. */
export type HistoryWish = { back: "one" } | { back: number };

const longest = 200;

/** Only when the request is nothing but that. */
export function readHistoryWish(request: string): HistoryWish | undefined {
  if (request.length > longest) return undefined;
  const text = request
    .trim()
    .replace(/[.!。！\s]+$/u, "")
    .replace(/\s+/gu, " ");
  if (undo.test(text)) return { back: "one" };
  const number = Number(numbered.exec(text)?.[1] ?? 0);
  return number > 0 ? { back: number } : undefined;
}
