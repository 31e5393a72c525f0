import { chooseWords } from "./words/choose-words.ts";
import type { PreviewWords, SpokenMessage } from "./words/words.ts";

/** What programs get to see, and hardly a person: in English only. */
const technical = {
  400: ["That request is not valid", "The address or the request is malformed."],
  405: ["Pages here can only be read", "This server answers GET and HEAD."],
  416: ["That part does not exist", "The requested range lies outside the file."],
  421: ["There is no site at this host", "Check the address, or ask whoever sent you the link for a new one."],
} as const;

export type MessageName = keyof typeof technical | SpokenMessage;

const statuses: Readonly<Record<MessageName, number>> = {
  400: 400,
  404: 404,
  405: 405,
  410: 410,
  416: 416,
  421: 421,
  500: 500,
  503: 503,
  unborn: 404,
  queued: 200,
  thinking: 200,
  retrying: 200,
  refused: 404,
  unreachable: 404,
  failed: 404,
  cancelled: 404,
  crowded: 503,
};

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
export type AnswerMessage = (name: MessageName, request: Request, headers?: Record<string, string>) => Response;

/**
 * Small pages for everything that is not a file, in the visitor's language. They are fixed texts: nothing of the
 * request is in them.
 *
 * @param securityHeaders Sent with every one of them.
 */
export function createMessagePages(securityHeaders: Readonly<Record<string, string>>): AnswerMessage {
  return (name, { headers: asked }, headers) => {
    const page = render(name, chooseWords(asked.get("accept-language")));
    return new Response(page, {
      status: statuses[name],
      headers: {
        ...securityHeaders,
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-store",
        Vary: "Accept-Language",
        ...extraHeaders[name],
        ...headers,
      },
    });
  };
}

function render(name: MessageName, { language, lookAgain, messages }: PreviewWords): string {
  const isTechnical = Object.hasOwn(technical, name);
  const [title, text] = { ...messages, ...technical }[name];
  const again = worthAnotherLook.has(String(name)) ? `\n<p><a href="">${lookAgain}</a></p>` : "";
  return `<!doctype html>
<html lang="${isTechnical ? "en" : language}"${language === "ar" && !isTechnical ? ' dir="rtl"' : ""}>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
:root { color-scheme: light dark }
body { min-height: 90vh; margin: 0; padding: 0 1.5rem; display: grid; place-content: center; text-align: center;
  font: 1.125rem/1.6 system-ui, sans-serif }
h1 { margin: 0; font-size: 1.75rem; line-height: 1.2 }
p { max-width: 32rem; margin-inline: auto; opacity: .75 }
a { color: inherit }
</style>
<h1>${title}</h1>
<p>${text}</p>${again}
</html>
`;
}
