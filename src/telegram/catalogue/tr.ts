import type { Catalogue } from "./catalogue.ts";

export const tr: Catalogue = {
  start:
    "Merhaba! Nasıl bir sayfaya ihtiyacınız olduğunu bir cümleyle yazın, size bağlantısını göndereyim.\n\nÖrneğin: <i>Kafem için sıcak renklerde, çalışma saatlerini gösteren bir sayfa</i>",
  help: "Bana bir açıklama gönderin, ondan bir web sayfası yapayım.\n\n/new – bir sayfa tarif et (gruplarda gerekli)\n/cancel – üzerinde çalıştığım işi durdur\n/help – bu mesaj\n\nNe kadar çok anlatırsanız (ad, renkler, bölümler, dil), sayfa aklınızdakine o kadar yakın olur.",
  greeting:
    "Herkese merhaba! Bir web sayfası için açıklamayla birlikte benden bahsedin ya da /new yazıp ardından açıklamayı ekleyin:\n\n<i>/new yaz partimiz için bir davetiye</i>",
  accepted: "Anladım, sayfanızı yazıyorum. Bağlantı bir dakika içinde burada olur.",
  completed: "<b>{title}</b> hazır:\n{url}",
  open: "Aç",
  cancelled: "Durduruldu. Hiçbir şey yayımlanmadı.",
  nothing_to_cancel: "Şu anda durdurulacak bir şey yok.",
  describe: "Sayfa ne hakkında olsun? Bir cümle yeter: <i>Lizbon’daki fırınım için bir sayfa</i>",
  too_long: "Bu, bir seferde okuyabileceğimden uzun. Lütfen kısaltıp yeniden gönderin.",
  shortened: "Bu metin bir seferde okuyabileceğimden uzun: baş kısmını kullanacağım.",
  caption: "Lütfen birkaç kelime ekleyin: bundan nasıl bir sayfa yapayım?",
  voice: "Henüz dinleyemiyorum. Nasıl bir sayfaya ihtiyacınız olduğunu lütfen yazın.",
  text_only: "Ben kelimelerle çalışırım: nasıl bir sayfaya ihtiyacınız olduğunu lütfen yazın.",
  unknown_command: "Bu komutu bilmiyorum. İstediğiniz sayfayı tarif edin ya da /help yazın.",
  payment: "Teşekkürler, ama bu bot ödeme almaz. İade için lütfen botu işleten kişiye başvurun.",
  not_allowed: "Üzgünüm, bu bot özel. Botu işleten kişi size izin verebilir; kimliğiniz: <code>{user}</code>.",
  anonymous: "Grup ya da kanal adına yazdığınızda kim olduğunuzu göremiyorum. Lütfen kendi adınıza yazın.",
  button_expired: "Bu düğme artık çalışmıyor.",
  failed: {
    provider:
      "Yapay zekâ hizmeti, birkaç kez denememe rağmen yanıt vermedi. Lütfen mesajınızı biraz sonra yeniden gönderin.",
    setup: "Bu botun ayarları yüzünden yapay zekâ hizmetine ulaşamıyorum. Lütfen botu işleten kişiye haber verin.",
    refused: "Yapay zekâ hizmeti bu sayfayı yapmayı reddetti. Lütfen başka türlü tarif edin.",
    output:
      "Gelen yanıt eksiksiz bir sayfa değildi, bu yüzden yayımlamadım. Yeniden deneyin ya da daha basit tarif edin.",
    storage: "Sayfa yapıldı ama kaydedilemedi. Lütfen mesajınızı biraz sonra yeniden gönderin.",
    internal: "Bizim tarafımızda bir şeyler ters gitti. Lütfen mesajınızı yeniden gönderin.",
  },
  commands: { new: "Yeni bir sayfa yap", cancel: "Yapılmakta olanı durdur", help: "Neler yapabilirim" },
};
