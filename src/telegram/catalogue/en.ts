import type { Catalogue } from "./catalogue.ts";

export const en: Catalogue = {
  start:
    "Hello! Tell me in a sentence what page you need, and I will send you a link to it.\n\nFor example: <i>A landing page for my coffee shop, warm colours, with opening hours</i>",
  help: "Send me a description and I will make a web page of it.\n\n/new – describe a page (needed in groups)\n/cancel – stop what I am working on\n/help – this message\n\nThe more you tell me – name, colours, sections, language – the closer the page will be to what you have in mind.",
  greeting:
    "Hello everyone! To get a web page, mention me with a description, or write /new followed by it:\n\n<i>/new an invitation to our summer party</i>",
  accepted: "Got it, I am writing your page. The link will be here in a minute or so.",
  completed: "<b>{title}</b> is ready:\n{url}",
  open: "Open",
  cancelled: "Stopped. Nothing was published.",
  nothing_to_cancel: "There is nothing to stop right now.",
  describe: "What should the page be about? One sentence is enough: <i>a page for my bakery in Lisbon</i>",
  too_long: "That is more text than I can read in one go. Please shorten it and send it again.",
  shortened: "That text is longer than I can read in one go: I will use its beginning.",
  caption: "Please add a few words: what page should I make of this?",
  voice: "I cannot listen yet. Please write to me what page you need.",
  text_only: "I work from words: please write to me what page you need.",
  unknown_command: "I do not know that command. Just describe the page you need, or see /help.",
  payment: "Thank you, but this bot takes no payments. Please ask whoever runs it about a refund.",
  not_allowed: "Sorry, this bot is private. Whoever runs it can let you in; your id is <code>{user}</code>.",
  anonymous: "I cannot tell who you are when you write as the group or a channel. Please write as yourself.",
  button_expired: "This button no longer works.",
  failed: {
    provider: "The AI service did not answer, and I tried several times. Please send your message again in a while.",
    setup: "I cannot reach the AI service because of how this bot is set up. Please tell whoever runs it.",
    refused: "The AI service declined to make this page. Please describe it differently.",
    output:
      "What came back was not a complete page, so I did not publish it. Please try again, or describe it more simply.",
    storage: "The page was made but could not be saved. Please send your message again in a while.",
    internal: "Something went wrong on our side. Please send your message again.",
  },
  commands: { new: "Make a new page", cancel: "Stop what is being made", help: "What I can do" },
};
