import type { Catalogue } from "./catalogue.ts";

export const fr: Catalogue = {
  start:
    "Bonjour ! Dites-moi en une phrase de quelle page vous avez besoin, et je vous enverrai un lien.\n\nPar exemple : <i>Une page pour mon café, dans des tons chauds, avec les horaires</i>",
  help: "Envoyez-moi une description et j’en ferai une page web.\n\n/new – décrire une page (nécessaire dans les groupes)\n/cancel – arrêter ce que je suis en train de faire\n/help – ce message\n\nPlus vous m’en dites (nom, couleurs, rubriques, langue), plus la page ressemblera à ce que vous imaginez.",
  greeting:
    "Bonjour à tous ! Pour obtenir une page web, mentionnez-moi avec une description, ou écrivez /new suivi de la description :\n\n<i>/new une invitation à notre fête d’été</i>",
  accepted: "C’est noté, j’écris votre page. Le lien arrivera ici dans une minute environ.",
  completed: "<b>{title}</b> est prête :\n{url}",
  open: "Ouvrir",
  cancelled: "Arrêté. Rien n’a été publié.",
  nothing_to_cancel: "Il n’y a rien à arrêter pour le moment.",
  describe: "De quoi la page doit-elle parler ? Une phrase suffit : <i>une page pour ma boulangerie à Lisbonne</i>",
  too_long: "C’est plus de texte que je ne peux lire d’un coup. Raccourcissez-le, s’il vous plaît, et renvoyez-le.",
  shortened: "Ce texte est plus long que ce que je peux lire d’un coup : j’en utiliserai le début.",
  caption: "Ajoutez quelques mots, s’il vous plaît : quelle page dois-je en faire ?",
  voice: "Je ne sais pas encore écouter. Écrivez-moi, s’il vous plaît, de quelle page vous avez besoin.",
  text_only: "Je travaille à partir de mots : écrivez-moi, s’il vous plaît, de quelle page vous avez besoin.",
  unknown_command: "Je ne connais pas cette commande. Décrivez la page dont vous avez besoin, ou voyez /help.",
  payment: "Merci, mais ce bot n’accepte pas de paiements. Demandez le remboursement à son administrateur.",
  not_allowed: "Désolé, ce bot est privé. Son administrateur peut vous y admettre ; votre id est <code>{user}</code>.",
  anonymous:
    "Je ne vois pas qui vous êtes quand vous écrivez au nom du groupe ou d’un canal. Écrivez en votre nom, s’il vous plaît.",
  button_expired: "Ce bouton ne fonctionne plus.",
  failed: {
    provider: "Le service d’IA n’a pas répondu, malgré plusieurs essais. Renvoyez votre message dans un moment.",
    setup:
      "Je ne peux pas utiliser le service d’IA à cause de la configuration de ce bot. Prévenez son administrateur, s’il vous plaît.",
    refused: "Le service d’IA a refusé de faire cette page. Décrivez-la autrement, s’il vous plaît.",
    output:
      "Ce qui est revenu n’était pas une page complète, je ne l’ai donc pas publiée. Réessayez, ou décrivez-la plus simplement.",
    storage: "La page a été faite mais n’a pas pu être enregistrée. Renvoyez votre message dans un moment.",
    internal: "Quelque chose s’est mal passé de notre côté. Renvoyez votre message, s’il vous plaît.",
  },
  commands: { new: "Faire une nouvelle page", cancel: "Arrêter ce qui est en cours", help: "Ce que je sais faire" },
};
