import type { Language } from "../../../design/brief/language.ts";

/** What the mock says about its changes, and what it writes into a section it adds. `{}` is the thing spoken of. */
interface EditWords {
  darker: string;
  lighter: string;
  recolored: string;
  retitled: string;
  added: string;
  removed: string;
  translated: string;
  pictured: string;
  /** Text of an added section. */
  body: string;
}

export const editWords: Record<Language, EditWords> = {
  en: {
    darker: "The page is darker now.",
    lighter: "The page is lighter now.",
    recolored: "The page has new colours.",
    retitled: "The page is called “{}” now.",
    added: "There is a section “{}” now.",
    removed: "The section “{}” is gone.",
    translated: "The page is in English now.",
    pictured: "Your picture is on the page.",
    body: "Everything worth knowing is here in a few words. Ask us for the rest; we are glad to tell you more.",
  },
  de: {
    darker: "Die Seite ist jetzt dunkler.",
    lighter: "Die Seite ist jetzt heller.",
    recolored: "Die Seite hat neue Farben.",
    retitled: "Die Seite heißt jetzt „{}“.",
    added: "Es gibt jetzt einen Abschnitt „{}“.",
    removed: "Der Abschnitt „{}“ ist weg.",
    translated: "Die Seite ist jetzt auf Deutsch.",
    pictured: "Dein Bild ist auf der Seite.",
    body: "Das Wichtigste steht hier in wenigen Worten. Den Rest erzählen wir gern: einfach fragen.",
  },
  es: {
    darker: "La página es ahora más oscura.",
    lighter: "La página es ahora más clara.",
    recolored: "La página tiene colores nuevos.",
    retitled: "La página se llama ahora «{}».",
    added: "Ahora hay una sección «{}».",
    removed: "La sección «{}» ya no está.",
    translated: "La página está ahora en español.",
    pictured: "Tu foto está en la página.",
    body: "Aquí está lo importante en pocas palabras. Lo demás te lo contamos con gusto: pregúntanos.",
  },
  pt: {
    darker: "A página está mais escura.",
    lighter: "A página está mais clara.",
    recolored: "A página tem cores novas.",
    retitled: "A página chama-se agora “{}”.",
    added: "Há agora uma seção “{}”.",
    removed: "A seção “{}” já não está lá.",
    translated: "A página está agora em português.",
    pictured: "A sua foto está na página.",
    body: "Aqui está o essencial em poucas palavras. O resto contamos com gosto: é só perguntar.",
  },
  fr: {
    darker: "La page est plus sombre.",
    lighter: "La page est plus claire.",
    recolored: "La page a de nouvelles couleurs.",
    retitled: "La page s’appelle maintenant « {} ».",
    added: "Il y a maintenant une section « {} ».",
    removed: "La section « {} » n’est plus là.",
    translated: "La page est maintenant en français.",
    pictured: "Votre photo est sur la page.",
    body: "L’essentiel est ici en quelques mots. Pour le reste, demandez-nous : nous vous en dirons plus avec plaisir.",
  },
  tr: {
    darker: "Sayfa artık daha koyu.",
    lighter: "Sayfa artık daha açık.",
    recolored: "Sayfanın renkleri değişti.",
    retitled: "Sayfanın adı artık “{}”.",
    added: "Artık “{}” bölümü var.",
    removed: "“{}” bölümü kaldırıldı.",
    translated: "Sayfa artık Türkçe.",
    pictured: "Fotoğrafınız sayfada.",
    body: "Bilmeniz gerekenler burada, kısaca. Gerisini sorun, memnuniyetle anlatalım.",
  },
  ru: {
    darker: "Страница стала темнее.",
    lighter: "Страница стала светлее.",
    recolored: "У страницы новые цвета.",
    retitled: "Страница теперь называется «{}».",
    added: "Теперь есть раздел «{}».",
    removed: "Раздела «{}» больше нет.",
    translated: "Страница теперь на русском.",
    pictured: "Ваше фото на странице.",
    body: "Здесь самое важное в нескольких словах. Остальное с удовольствием расскажем: просто спросите.",
  },
  uk: {
    darker: "Сторінка стала темнішою.",
    lighter: "Сторінка стала світлішою.",
    recolored: "Сторінка має нові кольори.",
    retitled: "Сторінка тепер називається «{}».",
    added: "Тепер є розділ «{}».",
    removed: "Розділу «{}» більше немає.",
    translated: "Сторінка тепер українською.",
    pictured: "Ваше фото на сторінці.",
    body: "Тут найважливіше в кількох словах. Решту радо розповімо: просто запитайте.",
  },
};
