/** "The rest stays as it was", as models put it when they leave out part of a page, in the languages we speak. */
const elisions: RegExp[] = [
  /\b(?:rest|remainder|remaining)\b.{0,60}\b(?:unchanged|(?:the )?same|as before|as above|omitted|not shown|goes here|here|continues?)\b/iu,
  /\b(?:existing|previous|original)\b.{0,30}\b(?:code|content|sections?|styles?|css|html|markup)\b.{0,30}\b(?:here|unchanged|remains?|stays?|as before|same|omitted)\b/iu,
  /\b(?:code|content|sections?|styles?|css|html|markup|cards?|items?)\b.{0,40}\b(?:omitted|truncated|shortened|left out)\b/iu,
  /\bfor brevity\b/iu,
  /(?:\.{3}|…)\s*(?:\(|\[)?\s*(?:the )?(?:rest of|existing|remaining|same as|other (?:sections?|styles?))\b/iu,
  /\bresto\b.{0,60}(?:\b(?:igual|sin cambios|omitid[oa]|inalterad[oa]|sem altera[çc][õo]es|mesm[oa]|aqu[ií])(?!\p{L}))/iu,
  /(?:^|[^\p{L}])(?:rest|übrige[rsnm]?|restliche[rsnm]?)(?!\p{L}).{0,60}(?:unverändert|gleich|wie (?:zuvor|bisher|oben)|hier|ausgelassen|weggelassen)/iu,
  /\breste\b.{0,60}(?:inchangée?s?|identiques?|m[êe]me|omise?s?|\bici\b)/iu,
  /(?:остальн\p{L}*|остаток).{0,60}(?:без изменени|не измен|как (?:раньше|прежде|было|выше)|опущен|так(?:ой|ая|ое|ие|им) же|здесь)/iu,
  /(?:решта|інш\p{L}+ (?:код|вміст)).{0,60}(?:без змін|не змін|як (?:раніше|було|вище)|пропущен|тут)/iu,
  /(?:geri kalan|kalan (?:kısım|kod|içerik)).{0,60}(?:aynı|değişme|burada|atland)/iu,
  /(?:بقية|باقي).{0,60}(?:دون تغيير|بدون تغيير|كما ه[يو]|نفس|هنا|محذوف)/u,
  /(?:बाकी|शेष).{0,60}(?:समान|वही|अपरिवर्तित|यहाँ|पहले जैस|वैसा ही)/u,
  /\b(?:sisa|selebihnya)\b.{0,60}\b(?:sama|tidak berubah|di sini|dihilangkan)\b/iu,
  /(?:其余|其他|剩余|剩下).{0,30}(?:不变|保持|相同|一样|省略|同上|如前|此处)/u,
];

/**
 * Text between tags counts only when it is set apart as a remark: `... rest of the page unchanged ...`, `[…]`. Not `//`
 * and `(`: in 110,000 pages of documentation these were the false alarms, from code on display.
 */
const remark = /^(?:\.{3}|…|\[|\/\*|\{\/\*)/u;
const longestRemark = 200;

/** Whether a comment, in HTML or CSS, says that part of the page was left out. */
export function isElidingComment(comment: string): boolean {
  const text = comment.replace(/\s+/gu, " ");
  return text.length <= longestRemark && elisions.some((elision) => elision.test(text));
}

/** Whether a text of the page is such a remark. */
export function isElidingText(text: string): boolean {
  const trimmed = text.trim();
  return remark.test(trimmed) && isElidingComment(trimmed);
}
