const messages = {
  400: [400, "That request is not valid", "The address or the request is malformed."],
  404: [404, "There is no page here", "Check the address, or ask whoever sent you the link for a new one."],
  405: [405, "Pages here can only be read", "This server answers GET and HEAD."],
  410: [410, "This page is gone", "It has expired or was removed."],
  416: [416, "That part does not exist", "The requested range lies outside the file."],
  421: [421, "There is no site at this host", "Check the address, or ask whoever sent you the link for a new one."],
  500: [500, "Something went wrong", "Try again in a moment."],
  503: [503, "This page cannot be read right now", "Try again in a moment."],
  unborn: [
    404,
    "There is no page here yet",
    "If you have just asked for it, look again in a moment. If not, check the address.",
  ],
  queued: [200, "Your page is waiting its turn", "It can be watched here while it is being written."],
  thinking: [
    200,
    "Your page is being thought over",
    "The first words are still to come. It can be watched here as it is written.",
  ],
  retrying: [
    200,
    "Your page will be tried again",
    "Something went wrong on the way. The next attempt begins by itself.",
  ],
  refused: [404, "This page was not made", "The AI would not write it. Ask for it in other words."],
  unreachable: [404, "This page was not made", "The AI service did not answer. Ask for it once more later."],
  failed: [404, "This page was not made", "Nothing whole came of it. Ask for it once more, perhaps in other words."],
  cancelled: [404, "This page was not made", "It was cancelled before it was finished."],
  crowded: [503, "Too many people are watching right now", "The page will be here when it is finished."],
} as const;

export type MessageName = keyof typeof messages;

/** What can be looked for again has a link to itself: nothing here reloads on its own. */
const worthAnotherLook: ReadonlySet<string> = new Set(["503", "unborn", "queued", "thinking", "retrying", "crowded"]);

const extraHeaders: Partial<Record<MessageName, Record<string, string>>> = {
  400: { Connection: "close" },
  // A body that was not read would be taken for the next request.
  405: { Allow: "GET, HEAD", Connection: "close" },
  503: { "Retry-After": "2" },
  crowded: { "Retry-After": "10" },
};

/** @param headers Sent beside the usual ones of that message. */
export type AnswerMessage = (name: MessageName, headers?: Record<string, string>) => Response;

/**
 * Small pages for everything that is not a file. They are fixed texts: nothing of the request is in them.
 *
 * @param securityHeaders Sent with every one of them.
 */
export function createMessagePages(securityHeaders: Readonly<Record<string, string>>): AnswerMessage {
  const pages = new Map<string, { page: string; headers: Record<string, string> }>();
  for (const [name, [, title, text]] of Object.entries(messages)) {
    const headers = {
      ...securityHeaders,
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-store",
      ...extraHeaders[name as MessageName],
    };
    pages.set(name, { page: render(title, text, worthAnotherLook.has(name)), headers });
  }
  return (name, headers) => {
    const message = pages.get(String(name));
    return new Response(message?.page, { status: messages[name][0], headers: { ...message?.headers, ...headers } });
  };
}

function render(title: string, text: string, again: boolean): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
:root { color-scheme: light dark }
body { min-height: 90vh; margin: 0; padding: 0 1.5rem; display: grid; place-content: center; text-align: center;
  font: 1.125rem/1.6 system-ui, sans-serif }
h1 { margin: 0; font-size: 1.75rem; line-height: 1.2 }
p { max-width: 32rem; opacity: .75 }
a { color: inherit }
</style>
<h1>${title}</h1>
<p>${text}</p>${again ? '\n<p><a href="">Look again</a></p>' : ""}
</html>
`;
}
