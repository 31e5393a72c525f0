import type { PreviewWords } from "./words.ts";

export const fr: PreviewWords = {
  language: "fr",
  lookAgain: "Regarder à nouveau",
  messages: {
    404: [
      "Il n’y a pas de page ici",
      "Vérifiez l’adresse, ou demandez un nouveau lien à la personne qui vous l’a envoyé.",
    ],
    410: ["Cette page n’existe plus", "Elle a expiré ou a été retirée."],
    500: ["Quelque chose s’est mal passé", "Réessayez dans un instant."],
    503: ["Cette page est illisible pour le moment", "Réessayez dans un instant."],
    unborn: [
      "Il n’y a pas encore de page ici",
      "Si vous venez de la demander, regardez à nouveau dans un instant. Sinon, vérifiez l’adresse.",
    ],
    queued: ["Votre page attend son tour", "Vous pourrez la regarder s’écrire ici."],
    thinking: ["Votre page est en réflexion", "Les premiers mots vont venir. Vous pourrez la regarder s’écrire ici."],
    retrying: [
      "Votre page va être essayée à nouveau",
      "Quelque chose s’est mal passé en chemin. Le prochain essai commence tout seul.",
    ],
    refused: ["Cette page n’a pas été faite", "L’IA n’a pas voulu l’écrire. Demandez-la en d’autres termes."],
    unreachable: [
      "Cette page n’a pas été faite",
      "Le service d’IA n’a pas répondu. Demandez-la encore une fois plus tard.",
    ],
    failed: [
      "Cette page n’a pas été faite",
      "Il n’en est rien sorti de complet. Redemandez-la, peut-être en d’autres termes.",
    ],
    cancelled: ["Cette page n’a pas été faite", "Elle a été annulée avant d’être terminée."],
    crowded: ["Trop de monde regarde en ce moment", "La page sera ici quand elle sera terminée."],
  },
  notices: {
    finished: ["La page est terminée et a un peu changé.", "La voir"],
    restarted: ["La page est réécrite.", "Regarder"],
    failed: ["La page n’a pas pu être terminée.", "Regarder à nouveau"],
    gone: ["Cette page a été retirée.", ""],
    lost: ["L’affichage de cette page a été interrompu.", "Regarder à nouveau"],
    changing: ["Cette page est en cours de modification. D’ici là, vous la voyez telle qu’elle était.", ""],
    changeWaits: ["Une modification de cette page attend son tour. D’ici là, vous la voyez telle qu’elle est.", ""],
    changed: ["La modification est faite.", "La voir"],
    notChanged: ["La modification n’a pas pu être faite. La page reste telle qu’elle était.", ""],
  },
};
