import type { Catalogue } from "./catalogue.ts";

export const id: Catalogue = {
  start:
    "Halo! Ceritakan dalam satu kalimat halaman apa yang Anda butuhkan, dan saya akan mengirim tautannya.\n\nMisalnya: <i>Halaman untuk kedai kopi saya, warna hangat, dengan jam buka</i>",
  help: "Kirimkan deskripsi dan saya akan membuat halaman web darinya.\n\n/new – mendeskripsikan halaman (wajib di grup)\n/cancel – menghentikan yang sedang saya kerjakan\n/help – pesan ini\n\nMakin banyak yang Anda ceritakan (nama, warna, bagian, bahasa), makin mirip halamannya dengan bayangan Anda.",
  greeting:
    "Halo semuanya! Untuk mendapatkan halaman web, sebut saya beserta deskripsinya, atau tulis /new diikuti deskripsi:\n\n<i>/new undangan ke pesta musim panas kami</i>",
  accepted: "Baik, saya sedang menulis halaman Anda. Tautannya akan muncul di sini sekitar satu menit lagi.",
  completed: "<b>{title}</b> sudah siap:\n{url}",
  open: "Buka",
  cancelled: "Dihentikan. Tidak ada yang diterbitkan.",
  nothing_to_cancel: "Saat ini tidak ada yang bisa dihentikan.",
  describe: "Halamannya tentang apa? Satu kalimat cukup: <i>halaman untuk toko roti saya di Lisbon</i>",
  too_long: "Teks itu terlalu panjang untuk saya baca sekaligus. Mohon dipersingkat lalu kirim lagi.",
  shortened: "Teks itu terlalu panjang untuk saya baca sekaligus: saya akan memakai bagian awalnya.",
  caption: "Mohon tambahkan beberapa kata: halaman apa yang harus saya buat dari ini?",
  voice: "Saya belum bisa mendengarkan. Mohon tuliskan halaman apa yang Anda butuhkan.",
  text_only: "Saya bekerja dengan kata-kata: mohon tuliskan halaman apa yang Anda butuhkan.",
  unknown_command: "Saya tidak mengenal perintah itu. Cukup deskripsikan halaman yang Anda butuhkan, atau lihat /help.",
  payment: "Terima kasih, tetapi bot ini tidak menerima pembayaran. Mintalah pengembalian kepada pengelolanya.",
  not_allowed: "Maaf, bot ini privat. Pengelolanya bisa memberi Anda akses; id Anda <code>{user}</code>.",
  anonymous: "Saya tidak tahu siapa Anda bila Anda menulis sebagai grup atau kanal. Mohon tulis sebagai diri sendiri.",
  button_expired: "Tombol ini sudah tidak berfungsi.",
  failed: {
    provider: "Layanan AI tidak menjawab meski sudah saya coba beberapa kali. Mohon kirim pesan Anda lagi nanti.",
    setup: "Saya tidak bisa memakai layanan AI karena pengaturan bot ini. Mohon beri tahu pengelolanya.",
    refused: "Layanan AI menolak membuat halaman ini. Mohon deskripsikan dengan cara lain.",
    output:
      "Yang kembali bukan halaman yang lengkap, jadi tidak saya terbitkan. Coba lagi, atau deskripsikan dengan lebih sederhana.",
    storage: "Halaman sudah dibuat tetapi tidak bisa disimpan. Mohon kirim pesan Anda lagi nanti.",
    internal: "Ada yang salah di pihak kami. Mohon kirim pesan Anda lagi.",
  },
  commands: {
    new: "Membuat halaman baru",
    cancel: "Menghentikan yang sedang dibuat",
    help: "Apa yang bisa saya lakukan",
  },
};
