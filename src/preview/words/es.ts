import type { PreviewWords } from "./words.ts";

export const es: PreviewWords = {
  language: "es",
  lookAgain: "Mirar otra vez",
  messages: {
    404: ["Aquí no hay ninguna página", "Comprueba la dirección o pide un enlace nuevo a quien te lo envió."],
    410: ["Esta página ya no existe", "Ha caducado o la han retirado."],
    500: ["Algo ha salido mal", "Inténtalo de nuevo en un momento."],
    503: ["Ahora mismo no se puede leer esta página", "Inténtalo de nuevo en un momento."],
    unborn: [
      "Aquí todavía no hay ninguna página",
      "Si acabas de pedirla, mira otra vez en un momento. Si no, comprueba la dirección.",
    ],
    queued: ["Tu página espera su turno", "Aquí podrás ver cómo se escribe."],
    thinking: ["Se está pensando tu página", "Faltan las primeras palabras. Aquí podrás ver cómo se escribe."],
    retrying: ["Se volverá a intentar tu página", "Algo salió mal por el camino. El siguiente intento empieza solo."],
    refused: ["Esta página no se ha hecho", "La IA no quiso escribirla. Pídela con otras palabras."],
    unreachable: ["Esta página no se ha hecho", "El servicio de IA no respondió. Pídela otra vez más tarde."],
    failed: ["Esta página no se ha hecho", "No salió nada completo. Pídela otra vez, quizá con otras palabras."],
    cancelled: ["Esta página no se ha hecho", "Se canceló antes de terminarla."],
    crowded: ["Hay demasiada gente mirando ahora", "La página estará aquí cuando esté terminada."],
  },
  notices: {
    finished: ["La página está terminada y ha cambiado un poco.", "Verla"],
    restarted: ["La página se está escribiendo de nuevo.", "Mirar"],
    failed: ["No se ha podido terminar la página.", "Mirar otra vez"],
    gone: ["Esta página se ha retirado.", ""],
    lost: ["Se ha interrumpido la vista de esta página.", "Mirar otra vez"],
    changing: ["Se está cambiando esta página. Hasta que termine, la ves como era.", ""],
    changeWaits: ["Un cambio en esta página espera su turno. Hasta entonces, la ves como es.", ""],
    changed: ["El cambio está hecho.", "Verlo"],
    notChanged: ["No se ha podido hacer el cambio. La página queda como estaba.", ""],
  },
};
