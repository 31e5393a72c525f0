import type { PreviewWords } from "./words.ts";

export const en: PreviewWords = {
  language: "en",
  lookAgain: "Look again",
  messages: {
    404: ["There is no page here", "Check the address, or ask whoever sent you the link for a new one."],
    410: ["This page is gone", "It has expired or was removed."],
    500: ["Something went wrong", "Try again in a moment."],
    503: ["This page cannot be read right now", "Try again in a moment."],
    unborn: [
      "There is no page here yet",
      "If you have just asked for it, look again in a moment. If not, check the address.",
    ],
    queued: ["Your page is waiting its turn", "It can be watched here while it is being written."],
    thinking: [
      "Your page is being thought over",
      "The first words are still to come. It can be watched here as it is written.",
    ],
    retrying: ["Your page will be tried again", "Something went wrong on the way. The next attempt begins by itself."],
    refused: ["This page was not made", "The AI would not write it. Ask for it in other words."],
    unreachable: ["This page was not made", "The AI service did not answer. Ask for it once more later."],
    failed: ["This page was not made", "Nothing whole came of it. Ask for it once more, perhaps in other words."],
    cancelled: ["This page was not made", "It was cancelled before it was finished."],
    crowded: ["Too many people are watching right now", "The page will be here when it is finished."],
  },
  notices: {
    finished: ["The page is finished, and looks a little different.", "Show it"],
    restarted: ["The page is being written anew.", "Watch"],
    failed: ["The page could not be finished.", "Look again"],
    gone: ["This page was removed.", ""],
    lost: ["The view of this page was interrupted.", "Look again"],
    changing: ["This page is being changed. Until that is done, you see it as it was.", ""],
    changeWaits: ["A change to this page is waiting its turn. Until then, you see it as it is.", ""],
    changed: ["The change is made.", "Show it"],
    notChanged: ["The change could not be made. The page stays as it was.", ""],
  },
};
