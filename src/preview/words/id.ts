import type { PreviewWords } from "./words.ts";

export const id: PreviewWords = {
  language: "id",
  lookAgain: "Lihat lagi",
  messages: {
    404: ["Tidak ada halaman di sini", "Periksa alamatnya, atau minta tautan baru dari pengirimnya."],
    410: ["Halaman ini sudah tidak ada", "Masa berlakunya habis atau halaman ini dihapus."],
    500: ["Ada yang salah", "Coba lagi sebentar lagi."],
    503: ["Halaman ini belum bisa dibaca sekarang", "Coba lagi sebentar lagi."],
    unborn: [
      "Belum ada halaman di sini",
      "Jika Anda baru saja memintanya, lihat lagi sebentar lagi. Jika tidak, periksa alamatnya.",
    ],
    queued: ["Halaman Anda menunggu giliran", "Anda bisa melihatnya di sini saat sedang ditulis."],
    thinking: [
      "Halaman Anda sedang dipikirkan",
      "Kata-kata pertama akan segera datang. Anda bisa melihatnya di sini saat sedang ditulis.",
    ],
    retrying: [
      "Halaman Anda akan dicoba lagi",
      "Ada yang salah di tengah jalan. Percobaan berikutnya dimulai sendiri.",
    ],
    refused: ["Halaman ini tidak dibuat", "AI tidak mau menulisnya. Mintalah dengan kata-kata lain."],
    unreachable: ["Halaman ini tidak dibuat", "Layanan AI tidak menjawab. Mintalah sekali lagi nanti."],
    failed: ["Halaman ini tidak dibuat", "Hasilnya tidak utuh. Mintalah sekali lagi, mungkin dengan kata-kata lain."],
    cancelled: ["Halaman ini tidak dibuat", "Halaman dibatalkan sebelum selesai."],
    crowded: ["Terlalu banyak orang sedang melihat", "Halaman akan ada di sini setelah selesai."],
  },
  notices: {
    finished: ["Halaman sudah selesai dan terlihat sedikit berbeda.", "Tampilkan"],
    restarted: ["Halaman sedang ditulis ulang.", "Lihat"],
    failed: ["Halaman tidak dapat diselesaikan.", "Lihat lagi"],
    gone: ["Halaman ini dihapus.", ""],
    lost: ["Tampilan halaman ini terputus.", "Lihat lagi"],
    changing: ["Halaman ini sedang diubah. Sampai selesai, Anda melihatnya seperti semula.", ""],
    changeWaits: [
      "Sebuah perubahan halaman ini menunggu giliran. Sampai saat itu, Anda melihatnya seperti adanya.",
      "",
    ],
    changed: ["Perubahan sudah dibuat.", "Tampilkan"],
    notChanged: ["Perubahan tidak dapat dibuat. Halaman tetap seperti semula.", ""],
  },
};
