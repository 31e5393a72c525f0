import type { PreviewWords } from "./words.ts";

export const tr: PreviewWords = {
  language: "tr",
  lookAgain: "Yeniden bak",
  messages: {
    404: ["Burada bir sayfa yok", "Adresi kontrol edin ya da bağlantıyı gönderen kişiden yenisini isteyin."],
    410: ["Bu sayfa artık yok", "Süresi doldu ya da kaldırıldı."],
    500: ["Bir şeyler ters gitti", "Birazdan yeniden deneyin."],
    503: ["Bu sayfa şu anda okunamıyor", "Birazdan yeniden deneyin."],
    unborn: [
      "Burada henüz bir sayfa yok",
      "Az önce istediyseniz birazdan yeniden bakın. İstemediyseniz adresi kontrol edin.",
    ],
    queued: ["Sayfanız sırasını bekliyor", "Yazılırken buradan izleyebilirsiniz."],
    thinking: ["Sayfanız düşünülüyor", "İlk sözcükler birazdan gelecek. Yazılırken buradan izleyebilirsiniz."],
    retrying: ["Sayfanız yeniden denenecek", "Yolda bir şeyler ters gitti. Sonraki deneme kendiliğinden başlar."],
    refused: ["Bu sayfa yapılmadı", "Yapay zekâ bunu yazmak istemedi. Başka sözcüklerle isteyin."],
    unreachable: ["Bu sayfa yapılmadı", "Yapay zekâ hizmeti yanıt vermedi. Daha sonra bir kez daha isteyin."],
    failed: ["Bu sayfa yapılmadı", "Ortaya bütün bir şey çıkmadı. Belki başka sözcüklerle bir kez daha isteyin."],
    cancelled: ["Bu sayfa yapılmadı", "Bitmeden iptal edildi."],
    crowded: ["Şu anda çok fazla kişi izliyor", "Sayfa bittiğinde burada olacak."],
  },
  notices: {
    finished: ["Sayfa bitti ve biraz farklı görünüyor.", "Göster"],
    restarted: ["Sayfa yeniden yazılıyor.", "İzle"],
    failed: ["Sayfa bitirilemedi.", "Yeniden bak"],
    gone: ["Bu sayfa kaldırıldı.", ""],
    lost: ["Bu sayfanın görünümü kesildi.", "Yeniden bak"],
    changing: ["Bu sayfa değiştiriliyor. O zamana kadar eski hâlini görüyorsunuz.", ""],
    changeWaits: ["Bu sayfada bir değişiklik sırasını bekliyor. O zamana kadar şimdiki hâlini görüyorsunuz.", ""],
    changed: ["Değişiklik yapıldı.", "Göster"],
    notChanged: ["Değişiklik yapılamadı. Sayfa olduğu gibi kalıyor.", ""],
  },
};
