/** How a model says no, in the languages we speak: an apology to begin with, or that it cannot make such things. */
const refusals: RegExp[] = [
  /^(?:oh,? )?(?:i['’]?m |i am |we['’]?re )?(?:very |so |really |terribly )?sorry\b/iu,
  /^(?:unfortunately,? |as an ai\b.{0,60}?)?(?:i|we) (?:can(?:['’]?t|not| not| only)|could ?n['’]t|won['’]t|will not|am (?:not able|unable|only able)|['’]m (?:not able|unable|only able))/iu,
  /^(?:sorry|unable|not able|cannot)\b.{0,20}\b(?:generate|create|produce|provide|fulfil|comply|help|assist|build|make)/iu,
  /\bi (?:can(?:['’]?t|not)|am unable to|['’]m unable to) (?:\w+ ){0,2}(?:help (?:you|with)|assist|comply|continue with|create (?:th|your|an?\b)|generate|fulfil|provide)/iu,
  /\bas an ai\b/iu,
  /^(?:lo siento|lamento|disculpa|perdón)|\bno puedo (?:ayudar|crear|generar|cumplir|continuar)/iu,
  /^(?:desculpe|sinto muito|lamento)|\bnão posso (?:ajudar|criar|gerar|continuar)/iu,
  /^(?:es )?tut mir leid|^entschuldig|\bich kann\b.{0,50}\bnicht\b.{0,20}(?:helfen|erstellen|erzeugen|fortfahren)/iu,
  /^(?:je suis )?(?:désolée?|navrée?)|\bje ne (?:peux|suis) pas\b/iu,
  /^(?:извините|простите|к сожалению)|не могу (?:помочь|создать|выполнить|сгенерировать|продолжить)/iu,
  /^(?:вибачте|перепрошую|на жаль)|не можу (?:допомогти|створити|виконати)/iu,
  /^(?:üzgünüm|maalesef|özür)|yardımcı olamam/iu,
  /^(?:عذر|آسف|أعتذر)|لا (?:أستطيع|يمكنني)/u,
  /^(?:क्षमा|माफ़)|नहीं कर सकत/u,
  /^(?:maaf|mohon maaf)|\btidak (?:dapat|bisa) (?:membantu|membuat)/iu,
  /^(?:很?抱歉|对不起)|(?:我)?(?:无法|不能)(?:帮助|帮您|生成|创建|提供|完成|继续)/u,
];

/** Whether prose that came instead of a page, or in the middle of one, is a refusal. Looks at its first lines only. */
export function isRefusal(prose: string): boolean {
  const text = prose
    .slice(0, 600)
    .replace(/[*_#>`~\s]+/gu, " ")
    .trim();
  return refusals.some((refusal) => refusal.test(text));
}
