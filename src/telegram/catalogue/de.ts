import type { Catalogue } from "./catalogue.ts";

export const de: Catalogue = {
  start:
    "Hallo! Sag mir in einem Satz, welche Seite du brauchst, und ich schicke dir einen Link dazu.\n\nZum Beispiel: <i>Eine Seite für mein Café, in warmen Farben, mit den Öffnungszeiten</i>",
  help: "Schick mir eine Beschreibung, und ich mache daraus eine Webseite.\n\n/new – eine Seite beschreiben (in Gruppen nötig)\n/cancel – anhalten, woran ich gerade arbeite\n/help – diese Nachricht\n\nJe mehr du mir sagst (Name, Farben, Abschnitte, Sprache), desto näher kommt die Seite deiner Vorstellung.",
  greeting:
    "Hallo zusammen! Wer eine Webseite möchte, erwähnt mich mit einer Beschreibung oder schreibt /new und dahinter die Beschreibung:\n\n<i>/new eine Einladung zu unserem Sommerfest</i>",
  accepted: "Verstanden, ich schreibe deine Seite. Der Link kommt in etwa einer Minute.",
  completed: "<b>{title}</b> ist fertig:\n{url}",
  open: "Öffnen",
  cancelled: "Angehalten. Es wurde nichts veröffentlicht.",
  nothing_to_cancel: "Im Moment gibt es nichts anzuhalten.",
  describe: "Worum soll es auf der Seite gehen? Ein Satz genügt: <i>eine Seite für meine Bäckerei in Lissabon</i>",
  too_long: "Das ist mehr Text, als ich auf einmal lesen kann. Bitte kürze ihn und schick ihn noch einmal.",
  shortened: "Der Text ist länger, als ich auf einmal lesen kann: Ich verwende seinen Anfang.",
  caption: "Bitte schreib ein paar Worte dazu: Welche Seite soll ich daraus machen?",
  voice: "Zuhören kann ich noch nicht. Bitte schreib mir, welche Seite du brauchst.",
  text_only: "Ich arbeite mit Worten: Bitte schreib mir, welche Seite du brauchst.",
  unknown_command:
    "Diesen Befehl kenne ich nicht. Beschreib einfach die Seite, die du brauchst, oder sieh dir /help an.",
  payment: "Danke, aber dieser Bot nimmt keine Zahlungen an. Bitte den Betreiber um die Rückzahlung.",
  not_allowed: "Leider ist dieser Bot privat. Der Betreiber kann dich zulassen; deine Id ist <code>{user}</code>.",
  anonymous: "Ich sehe nicht, wer du bist, wenn du als Gruppe oder Kanal schreibst. Bitte schreib als du selbst.",
  button_expired: "Dieser Knopf funktioniert nicht mehr.",
  failed: {
    provider:
      "Der KI-Dienst hat nicht geantwortet, und ich habe es mehrmals versucht. Bitte schick deine Nachricht in einer Weile noch einmal.",
    setup:
      "Ich erreiche den KI-Dienst nicht, weil dieser Bot falsch eingerichtet ist. Bitte sag dem Betreiber Bescheid.",
    refused: "Der KI-Dienst hat diese Seite abgelehnt. Bitte beschreib sie anders.",
    output:
      "Was zurückkam, war keine vollständige Seite, deshalb habe ich sie nicht veröffentlicht. Bitte versuch es noch einmal oder beschreib sie einfacher.",
    storage:
      "Die Seite wurde gemacht, konnte aber nicht gespeichert werden. Bitte schick deine Nachricht in einer Weile noch einmal.",
    internal: "Bei uns ist etwas schiefgegangen. Bitte schick deine Nachricht noch einmal.",
  },
  commands: { new: "Eine neue Seite machen", cancel: "Anhalten, was gerade entsteht", help: "Was ich kann" },
};
