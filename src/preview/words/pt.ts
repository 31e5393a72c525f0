import type { PreviewWords } from "./words.ts";

export const pt: PreviewWords = {
  language: "pt",
  lookAgain: "Ver de novo",
  messages: {
    404: ["Não há nenhuma página aqui", "Verifique o endereço ou peça um novo link a quem o enviou."],
    410: ["Esta página já não existe", "Expirou ou foi removida."],
    500: ["Algo correu mal", "Tente de novo daqui a pouco."],
    503: ["Não é possível ler esta página agora", "Tente de novo daqui a pouco."],
    unborn: [
      "Ainda não há nenhuma página aqui",
      "Se acabou de a pedir, veja de novo daqui a pouco. Se não, verifique o endereço.",
    ],
    queued: ["A sua página espera a vez", "Aqui poderá vê-la a ser escrita."],
    thinking: [
      "A sua página está a ser pensada",
      "As primeiras palavras ainda estão por vir. Aqui poderá vê-la a ser escrita.",
    ],
    retrying: [
      "A sua página será tentada de novo",
      "Algo correu mal pelo caminho. A próxima tentativa começa sozinha.",
    ],
    refused: ["Esta página não foi feita", "A IA não quis escrevê-la. Peça-a por outras palavras."],
    unreachable: ["Esta página não foi feita", "O serviço de IA não respondeu. Peça-a de novo mais tarde."],
    failed: ["Esta página não foi feita", "Não saiu nada completo. Peça-a de novo, talvez por outras palavras."],
    cancelled: ["Esta página não foi feita", "Foi cancelada antes de estar pronta."],
    crowded: ["Há demasiada gente a ver neste momento", "A página estará aqui quando ficar pronta."],
  },
  notices: {
    finished: ["A página está pronta e ficou um pouco diferente.", "Mostrar"],
    restarted: ["A página está a ser escrita de novo.", "Ver"],
    failed: ["Não foi possível terminar a página.", "Ver de novo"],
    gone: ["Esta página foi removida.", ""],
    lost: ["A visualização desta página foi interrompida.", "Ver de novo"],
    changing: ["Esta página está a ser alterada. Até lá, vê-a como era.", ""],
    changeWaits: ["Uma alteração a esta página espera a vez. Até lá, vê-a como é.", ""],
    changed: ["A alteração está feita.", "Mostrar"],
    notChanged: ["Não foi possível fazer a alteração. A página fica como estava.", ""],
  },
};
