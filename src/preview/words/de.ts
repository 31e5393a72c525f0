import type { PreviewWords } from "./words.ts";

export const de: PreviewWords = {
  language: "de",
  lookAgain: "Noch einmal nachsehen",
  messages: {
    404: ["Hier ist keine Seite", "Prüfen Sie die Adresse, oder bitten Sie um einen neuen Link."],
    410: ["Diese Seite gibt es nicht mehr", "Sie ist abgelaufen oder wurde entfernt."],
    500: ["Etwas ist schiefgegangen", "Versuchen Sie es gleich noch einmal."],
    503: ["Diese Seite lässt sich gerade nicht lesen", "Versuchen Sie es gleich noch einmal."],
    unborn: [
      "Hier ist noch keine Seite",
      "Wenn Sie sie gerade bestellt haben, sehen Sie gleich noch einmal nach. Sonst prüfen Sie die Adresse.",
    ],
    queued: ["Ihre Seite wartet, bis sie an der Reihe ist", "Hier können Sie zusehen, wie sie geschrieben wird."],
    thinking: [
      "Über Ihre Seite wird nachgedacht",
      "Die ersten Worte kommen noch. Hier können Sie zusehen, wie sie geschrieben wird.",
    ],
    retrying: [
      "Ihre Seite wird noch einmal versucht",
      "Unterwegs ist etwas schiefgegangen. Der nächste Versuch beginnt von selbst.",
    ],
    refused: [
      "Diese Seite wurde nicht gemacht",
      "Die KI wollte sie nicht schreiben. Bitten Sie mit anderen Worten darum.",
    ],
    unreachable: [
      "Diese Seite wurde nicht gemacht",
      "Der KI-Dienst hat nicht geantwortet. Bitten Sie später noch einmal darum.",
    ],
    failed: [
      "Diese Seite wurde nicht gemacht",
      "Es kam nichts Ganzes zustande. Bitten Sie noch einmal darum, vielleicht mit anderen Worten.",
    ],
    cancelled: ["Diese Seite wurde nicht gemacht", "Sie wurde abgebrochen, bevor sie fertig war."],
    crowded: ["Gerade sehen zu viele zu", "Die Seite steht hier, sobald sie fertig ist."],
  },
  notices: {
    finished: ["Die Seite ist fertig und sieht ein wenig anders aus.", "Zeigen"],
    restarted: ["Die Seite wird neu geschrieben.", "Zusehen"],
    failed: ["Die Seite konnte nicht fertiggestellt werden.", "Noch einmal nachsehen"],
    gone: ["Diese Seite wurde entfernt.", ""],
    lost: ["Die Ansicht dieser Seite wurde unterbrochen.", "Noch einmal nachsehen"],
    changing: ["Diese Seite wird gerade geändert. Bis dahin sehen Sie, wie sie war.", ""],
    changeWaits: ["Eine Änderung dieser Seite wartet, bis sie an der Reihe ist. Bis dahin sehen Sie, wie sie ist.", ""],
    changed: ["Die Änderung ist gemacht.", "Zeigen"],
    notChanged: ["Die Änderung ist nicht gelungen. Die Seite bleibt, wie sie war.", ""],
  },
};
