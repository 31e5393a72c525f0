const messages = {
  400: ["That request is not valid", "The address or the request is malformed."],
  404: ["There is no page here", "Check the address, or ask whoever sent you the link for a new one."],
  405: ["Pages here can only be read", "This server answers GET and HEAD."],
  410: ["This page is gone", "It has expired or was removed."],
  416: ["That part does not exist", "The requested range lies outside the file."],
  421: ["There is no site at this host", "Check the address, or ask whoever sent you the link for a new one."],
  500: ["Something went wrong", "Try again in a moment."],
  503: ["This page cannot be read right now", "Try again in a moment."],
} as const;

type MessageStatus = keyof typeof messages;

const extraHeaders: Partial<Record<MessageStatus, Record<string, string>>> = {
  400: { Connection: "close" },
  // A body that was not read would be taken for the next request.
  405: { Allow: "GET, HEAD", Connection: "close" },
  503: { "Retry-After": "2" },
};

/** @param headers Sent beside the usual ones of that status. */
export type AnswerMessage = (status: MessageStatus, headers?: Record<string, string>) => Response;

/**
 * Small pages for everything that is not a file. They are fixed texts: nothing of the request is in them.
 *
 * @param securityHeaders Sent with every one of them.
 */
export function createMessagePages(securityHeaders: Readonly<Record<string, string>>): AnswerMessage {
  const pages = new Map<MessageStatus, { page: string; headers: Record<string, string> }>();
  for (const [key, [title, text]] of Object.entries(messages)) {
    const status = Number(key) as MessageStatus;
    const headers = {
      ...securityHeaders,
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-store",
      ...extraHeaders[status],
    };
    pages.set(status, { page: render(title, text), headers });
  }
  return (status, headers) => {
    const message = pages.get(status);
    return new Response(message?.page, { status, headers: { ...message?.headers, ...headers } });
  };
}

function render(title: string, text: string): string {
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
</style>
<h1>${title}</h1>
<p>${text}</p>
</html>
`;
}
